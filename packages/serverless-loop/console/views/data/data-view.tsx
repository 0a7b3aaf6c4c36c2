import { useConsole } from '../../app/context.ts';
import { ViewHead } from '../../parts/view-head.tsx';
import { Buckets } from './buckets.tsx';
import { Parameters } from './parameters.tsx';
import { Queues } from './queues.tsx';
import { Tables } from './tables.tsx';
import { Topics } from './topics.tsx';

const KINDS = [
  ['tables', 'Tables', Tables],
  ['queues', 'Queues', Queues],
  ['buckets', 'Buckets', Buckets],
  ['parameters', 'Parameters', Parameters],
  ['topics', 'Topics', Topics],
] as const;

/** All that the stack keeps. */
export function DataBrowser() {
  const { address } = useConsole();
  const [wanted = 'tables'] = address.opened;
  const [kind, name, Shown] = KINDS.find(([known]) => known === wanted) ?? KINDS[0];
  return (
    <>
      <ViewHead
        title="Data"
        placeholder={
          kind === 'tables' ? 'Filter items: text, or attribute:text' : `Filter ${name.toLowerCase()}`
        }
      />
      <nav class="tabs" aria-label="Kinds of data">
        {KINDS.map(([each, words]) => (
          <a key={each} href={`#/data/${each}`} aria-current={each === kind ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      <Shown key={kind} />
    </>
  );
}
