import { useNames } from '../../app/use-names.ts';
import { Code } from '../../parts/code.tsx';
import { type Meaning, StateWord } from '../../parts/state-word.tsx';
import { Time } from '../../parts/time.tsx';
import { type Attempt, calledFunction, type Step } from '../../state/execution-steps.ts';
import { duration, shownInRow, shownText } from '../../state/words.ts';

/** So many runs of states are drawn. */
const MAX_STEPS = 200;

const MEANINGS: Readonly<Record<Step['state'], Meaning>> = {
  running: 'quiet',
  ok: 'good',
  caught: 'warning',
  failed: 'bad',
  aborted: 'warning',
};

/** The states that an execution went through, each to be opened for its data. */
export function ExecutionSteps({ of }: { of: readonly Step[] }) {
  if (of.length === 0) return <p class="quiet">It has entered no state yet.</p>;
  return (
    <>
      <ol class="steps">
        {of.slice(0, MAX_STEPS).map((step) => (
          <li key={step.id} class={`depth-${Math.min(step.depth, 4)}`}>
            <StepOf of={step} />
          </li>
        ))}
      </ol>
      {of.length > MAX_STEPS && <p class="quiet small">{of.length - MAX_STEPS} more are not shown.</p>}
    </>
  );
}

function StepOf({ of: step }: { of: Step }) {
  const { name, type, item, enteredAt, exitedAt, input, output, attempts, state } = step;
  return (
    <>
      <div>
        <strong>{shownInRow(name)}</strong> <StateWord meaning={MEANINGS[state]} word={state} />{' '}
        <span class="quiet small">
          {type}
          {item !== undefined && `, item ${item + 1}`}
          {exitedAt === undefined
            ? ', since '
            : `, ${duration(Date.parse(exitedAt) - Date.parse(enteredAt))}`}
          {exitedAt === undefined && <Time at={enteredAt} />}
        </span>
      </div>
      {attempts.length > 0 && (
        <ol>
          {attempts.map((attempt, at) => (
            <AttemptOf key={`${attempt.startedAt} ${String(at)}`} of={attempt} number={at + 1} />
          ))}
        </ol>
      )}
      <details>
        <summary class="quiet small">Input{output !== undefined && ' and output'}</summary>
        <Code value={input} label={`input of ${shownInRow(name)}`} />
        {output !== undefined && <Code value={output} label={`output of ${shownInRow(name)}`} />}
      </details>
    </>
  );
}

function AttemptOf({ of, number }: { of: Attempt; number: number }) {
  const nameOf = useNames();
  const { resource, startedAt, endedAt, error, cause } = of;
  const called = calledFunction(of);
  const words = called === undefined ? shownInRow(resource) : nameOf(called);
  return (
    <li class="small">
      <span class={error === undefined ? 'quiet' : 'bad'}>
        Attempt {number}: {words}
        {endedAt === undefined
          ? ', under way'
          : ` in ${duration(Date.parse(endedAt) - Date.parse(startedAt))}`}
      </span>
      {error !== undefined && (
        <p class="bad said">{shownText([error, cause].filter(Boolean).join(': ')).text}</p>
      )}
    </li>
  );
}
