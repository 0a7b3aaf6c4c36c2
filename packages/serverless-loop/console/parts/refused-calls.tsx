import { useConsole } from '../app/context.ts';
import { useMemo } from '../preact.ts';
import { refusedCalls } from '../state/refused-calls.ts';
import { shownText } from '../state/words.ts';
import { Code } from './code.tsx';
import { Section } from './detail.tsx';
import { Time } from './time.tsx';

/** The calls of a function that IAM refused, each with the statement that would allow it; nothing where there are none. */
export function RefusedCalls({ functionName }: { functionName: string }) {
  const { facts, stack } = useConsole();
  const { requests } = facts.groups;
  const calls = useMemo(() => {
    const { tables = [], queues = [], buses = [], functions = [] } = stack ?? {};
    return refusedCalls(requests.facts, functionName, [...tables, ...queues, ...buses, ...functions]);
  }, [requests, functionName, stack]);
  if (calls.length === 0) return null;
  return (
    <Section title="Refused by IAM">
      <ul class="steps">
        {calls.map(({ seq, time, action, resource, reason, count, statement }) => (
          <li key={seq}>
            <code>{shownText(action).text}</code>{' '}
            <span class="quiet small">
              {count > 1 && `${count} times, `}
              <Time at={time} />
            </span>
            <p class="bad said">
              {shownText(reason).text}: {shownText(resource).text}
            </p>
            {statement === undefined ? (
              <p class="quiet small">A statement that denies holds against every other: change that one.</p>
            ) : (
              <>
                <p class="quiet small">This under the function’s Policies allows it:</p>
                <Code value={statement} label="statement" />
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
