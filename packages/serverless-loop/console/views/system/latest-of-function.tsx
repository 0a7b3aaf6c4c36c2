import { invocationRows } from '../../../src/console/invocation-rows.ts';
import { useConsole } from '../../app/context.ts';
import { Section } from '../../parts/detail.tsx';
import { LogLines } from '../../parts/log-lines.tsx';
import { RefusedCalls } from '../../parts/refused-calls.tsx';
import { Time } from '../../parts/time.tsx';
import { useMemo } from '../../preact.ts';
import { addressPart } from '../../state/address.ts';
import { duration } from '../../state/words.ts';
import { InvocationStateWord } from '../traces/invocation-columns.tsx';

const MAX_REQUESTS = 5;

/** The latest requests to a function, with their log lines. */
export function LatestOfFunction({ functionName }: { functionName: string }) {
  const { facts } = useConsole();
  const { invocations, logs } = facts.groups;
  const latest = useMemo(
    () =>
      invocationRows(
        invocations.facts.filter((fact) => 'functionName' in fact && fact.functionName === functionName),
      ).slice(0, MAX_REQUESTS),
    [invocations, functionName],
  );
  return (
    <>
      <Section title="Latest requests">
        {latest.length === 0 && <p class="quiet">It was not invoked yet.</p>}
        <ul class="steps">
          {latest.map(({ requestId, state, time, attempts }) => (
            <li key={requestId}>
              <a href={`#/traces/${addressPart(requestId)}`}>{requestId.slice(0, 8)}…</a>{' '}
              <InvocationStateWord state={state} />{' '}
              <span class="quiet small">
                {attempts.at(-1)?.durationMs !== undefined &&
                  `${duration(attempts.at(-1)?.durationMs ?? 0)}, `}
                <Time at={time} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <RefusedCalls functionName={functionName} />
      {latest.length > 0 && (
        <Section title="Their log lines">
          <LogLines facts={logs.facts} requestIds={latest.map(({ requestId }) => requestId)} />
        </Section>
      )}
    </>
  );
}
