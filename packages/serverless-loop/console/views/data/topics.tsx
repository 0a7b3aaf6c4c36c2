import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useNames } from '../../app/use-names.ts';
import { jsonText } from '../../parts/code.tsx';
import { Empty, Problem } from '../../parts/notice.tsx';
import { fits, parseFilter } from '../../state/filter.ts';
import { shownText } from '../../state/words.ts';

interface Topic {
  logicalId?: string;
  name: string;
  arn: string;
  subscriptions: readonly { protocol: string; endpoint: string; filter?: unknown }[];
}

export function Topics() {
  const { address, facts } = useConsole();
  const nameOf = useNames();
  const { value, error } = useAnswer('topics', () => ask<{ topics: readonly Topic[] }>('topics'));
  const filter = parseFilter(address.filter);
  const shown = value?.topics.filter((topic) => fits({ ...topic }, filter)) ?? [];
  const published = facts.groups.topics.facts;
  if (shown.length === 0)
    return (
      <Empty title={error === undefined ? 'No topic' : 'The topics could not be read'}>
        <Problem text={error} />
        <p class="quiet">AWS::SNS::Topic of the template makes one.</p>
      </Empty>
    );
  return (
    <div class="sheet">
      {shown.map(({ name, logicalId, subscriptions }) => (
        <article class="card" key={name} aria-label={name}>
          <div class="card-head">
            <h2 class="section-title">{shownText(logicalId || name).text}</h2>
            <span class="quiet small">
              {published.filter((fact) => fact.kind === 'topic.published' && fact.topicName === name).length}{' '}
              published
            </span>
          </div>
          {subscriptions.length === 0 && <p class="quiet">Nobody is subscribed.</p>}
          <ul class="steps">
            {subscriptions.map(({ protocol, endpoint, filter: policy }) => (
              <li key={`${protocol} ${endpoint}`}>
                <span class="quiet">{protocol}</span> {nameOf(endpoint)}
                {policy !== undefined && <code> {jsonText(policy)}</code>}
              </li>
            ))}
          </ul>
        </article>
      ))}
    </div>
  );
}
