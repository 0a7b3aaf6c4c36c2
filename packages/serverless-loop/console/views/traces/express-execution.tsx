import type { FactOnWire } from '../../../src/console/fact-answer.ts';
import { Section } from '../../parts/detail.tsx';
import { TimeOfDay } from '../../parts/time.tsx';
import { useMemo } from '../../preact.ts';
import { executionFacts, executionWords } from '../../state/executions.ts';
import { shownText } from '../../state/words.ts';

/** An Express execution, as the loop told of it: Step Functions keeps no history of it. */
export function ExpressExecution({ arn, facts }: { arn: string; facts: readonly FactOnWire[] }) {
  const own = useMemo(() => executionFacts(facts, arn), [facts, arn]);
  return (
    <Section title="History">
      <p class="quiet small">
        Step Functions keeps no data of Express executions; the log group of the state machine has it, where
        its logging is on.
      </p>
      {own.length === 0 && <p class="quiet">No fact of this execution is here, or no more.</p>}
      <ol class="lines">
        {own.map((fact) => (
          <li key={fact.seq}>
            <TimeOfDay at={fact.time} />
            <span class={'error' in fact ? 'bad' : undefined}>{shownText(executionWords(fact)).text}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
