import { useConsole } from '../../app/context.ts';
import { openTab, type Tab, Tabs } from '../../parts/tabs.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { Buckets } from './buckets.tsx';
import { Parameters } from './parameters.tsx';
import { Queues } from './queues.tsx';
import { Tables } from './tables.tsx';
import { Topics } from './topics.tsx';

const KINDS: readonly [Tab, ...Tab[]] = [
  ['tables', 'Tables', Tables],
  ['queues', 'Queues', Queues],
  ['buckets', 'Buckets', Buckets],
  ['parameters', 'Parameters', Parameters],
  ['topics', 'Topics', Topics],
];

/** All that the stack keeps. */
export function DataBrowser() {
  const { address } = useConsole();
  const [kind, name, Shown] = openTab(KINDS, address.opened[0]);
  return (
    <>
      <ViewHead
        title="Data"
        placeholder={
          kind === 'tables' ? 'Filter items: text, or attribute:text' : `Filter ${name.toLowerCase()}`
        }
      />
      <Tabs label="Kinds of data" tabs={KINDS} open={kind} />
      <Shown key={kind} />
    </>
  );
}
