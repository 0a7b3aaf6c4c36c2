import { useConsole } from '../app/context.ts';
import { useNames } from '../app/use-names.ts';
import { useMemo } from '../preact.ts';
import { namedResources, type RefusedCall, refusedCalls } from '../state/refused-calls.ts';
import { shownText } from '../state/words.ts';
import { Code } from './code.tsx';
import { Section } from './detail.tsx';
import { Time } from './time.tsx';

/** The calls that IAM refused, of one function or of all. */
export function useRefusedCalls(functionName?: string): RefusedCall[] {
  const { facts, stack } = useConsole();
  const { requests } = facts.groups;
  return useMemo(
    () => refusedCalls(requests.facts, functionName, namedResources(stack)),
    [requests, functionName, stack],
  );
}

/** The calls of a function that IAM refused, each with the statement that would allow it; nothing where there are none. */
export function RefusedCalls({ functionName }: { functionName: string }) {
  const calls = useRefusedCalls(functionName);
  if (calls.length === 0) return null;
  return (
    <Section title="Refused by IAM">
      <RefusedList of={calls} />
    </Section>
  );
}

export function RefusedList({
  of,
  showsCaller = false,
}: {
  of: readonly RefusedCall[];
  showsCaller?: boolean;
}) {
  const nameOf = useNames();
  return (
    <ul class="steps">
      {of.map(({ seq, time, caller, action, resource, reason, count, statement }) => (
        <li key={seq}>
          {showsCaller && <strong>{nameOf(caller)} </strong>}
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
              <p class="quiet small">This under the Policies of what calls allows it:</p>
              <Code value={statement} label="statement" />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
