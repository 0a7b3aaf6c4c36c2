import type { FactOnWire } from '../../../src/console/fact-answer.ts';
import { invocationRows } from '../../../src/console/invocation-rows.ts';
import { useNames } from '../../app/use-names.ts';
import { Section } from '../../parts/detail.tsx';
import { TimeOfDay } from '../../parts/time.tsx';
import { useMemo } from '../../preact.ts';
import { addressPart } from '../../state/address.ts';
import { duration } from '../../state/words.ts';
import { InvocationStateWord } from './invocation-columns.tsx';

/** So many are listed; a filter of the requests finds the others. */
const MAX_REQUESTS = 50;

/** The requests to functions that an execution made, each with the way to its trace. */
export function CalledRequests({ arn, facts }: { arn: string; facts: readonly FactOnWire[] }) {
  const nameOf = useNames();
  const rows = useMemo(
    () =>
      invocationRows(facts)
        .filter(({ sourceArn }) => sourceArn === arn)
        .toReversed(),
    [facts, arn],
  );
  if (rows.length === 0) return null;
  return (
    <Section title="Functions that it called">
      <ol class="steps">
        {rows.slice(0, MAX_REQUESTS).map(({ requestId, functionName, state, time, traceId, attempts }) => (
          <li key={requestId}>
            <a href={`#/traces/${addressPart(requestId)}`}>{nameOf(functionName)}</a>{' '}
            <InvocationStateWord state={state} />{' '}
            <span class="quiet small">
              {attempts[0]?.durationMs !== undefined && `${duration(attempts[0].durationMs)}, `}
              <TimeOfDay at={time} />
              {traceId !== undefined && (
                <>
                  , <a href={`#/traces/${traceId}`}>trace</a>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {rows.length > MAX_REQUESTS && (
        <p class="quiet small">{rows.length - MAX_REQUESTS} more are not shown.</p>
      )}
    </Section>
  );
}
