import type { RuleRow, TargetRow } from '../../../src/console/event-rows.ts';
import { ownName, useNames } from '../../app/use-names.ts';
import { Code } from '../../parts/code.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { Time } from '../../parts/time.tsx';
import { addressPart } from '../../state/address.ts';
import { duration, shownInRow, shownText } from '../../state/words.ts';
import { EventStateWord } from './event-columns.tsx';
import type { RuleOfEvent } from './explained.ts';
import { FailedFields } from './failed-fields.tsx';

/** A rule, and what it did with the event. */
export function RuleCard({ rule, delivery }: { rule: RuleOfEvent; delivery: RuleRow | undefined }) {
  const nameOf = useNames();
  return (
    <article class="card" aria-label={`Rule ${rule.name}`}>
      <div class="card-head">
        <h3 title={shownInRow(rule.name)}>{nameOf(rule.name)}</h3>
        <Verdict rule={rule} didMatch={delivery !== undefined} />
      </div>
      <FailedFields of={rule} />
      {delivery?.gaveUp !== undefined && <p class="warning">{delivery.gaveUp}</p>}
      {delivery?.targets.map((target) => (
        <Target key={target.arn} target={target} />
      ))}
      {rule.pattern !== undefined && (
        <details>
          <summary class="quiet small">Pattern</summary>
          <Code value={rule.pattern} label={`pattern of ${rule.name}`} />
        </details>
      )}
    </article>
  );
}

function Verdict({ rule, didMatch }: { rule: RuleOfEvent; didMatch: boolean }) {
  if (!rule.isEnabled && !didMatch) return <StateWord meaning="warning" word="disabled" />;
  if (didMatch && rule.matches === false)
    return <StateWord meaning="warning" word="matched then, would not now" />;
  if (didMatch || rule.matches) return <StateWord meaning="good" word="matched" />;
  if (rule.pattern === undefined) return <StateWord meaning="quiet" word="by schedule alone" />;
  const count = rule.failed?.length ?? 0;
  const word = count === 0 ? 'did not match' : `missed by ${count} ${count === 1 ? 'field' : 'fields'}`;
  return <StateWord meaning={count === 1 ? 'warning' : 'quiet'} word={word} />;
}

function Target({ target: { arn, attempts, queueArn, state } }: { target: TargetRow }) {
  const nameOf = useNames();
  return (
    <div>
      <p class="card-head">
        <span>
          <span class="quiet">to </span>
          <span title={shownInRow(arn)}>{nameOf(arn)}</span>
        </span>
        <EventStateWord state={state} />
      </p>
      <ol class="steps">
        {attempts.map(({ time, error, nextInMs }, at) => (
          <li key={`${time} ${at}`}>
            <span class={error === undefined ? 'good' : 'bad'}>
              Attempt {at + 1}: {error === undefined ? 'taken' : shownText(error).text}
            </span>{' '}
            <span class="quiet small">
              <Time at={time} />
              {nextInMs !== undefined && `, next try ${duration(nextInMs)} later`}
            </span>
          </li>
        ))}
        {queueArn !== undefined && (
          <li>
            <a href={`#/data/queues/${addressPart(ownName(queueArn))}`}>
              It is in the queue {nameOf(queueArn)}
            </a>
          </li>
        )}
      </ol>
    </div>
  );
}
