import { useConsole } from '../../app/context.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Section } from '../../parts/detail.tsx';
import { Problem } from '../../parts/notice.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { shownText } from '../../state/words.ts';
import { FaultForm } from './fault-form.tsx';

interface FaultRow {
  id: string;
  description: string;
  hits: number;
  isOver?: boolean;
}

/** Faults that are on, and one to be set. */
export function Faults() {
  const { facts } = useConsole();
  const last = facts.groups.system.facts.findLast(({ kind }) => kind.startsWith('fault.'));
  const { value, error, refresh } = useAnswer(
    'faults',
    () => ask<{ faults: readonly FaultRow[] }>('faults'),
    [last?.seq],
  );
  const faults = value?.faults ?? [];
  const remove = (id?: string) => async () => {
    await send('faults/remove', id === undefined ? {} : { id });
    refresh();
    return undefined;
  };
  return (
    <>
      <Section
        level={2}
        title="Faults that are on"
        aside={faults.length > 1 && <ActionButton act={remove()}>Remove all</ActionButton>}
      >
        <Problem text={error} />
        {value && faults.length === 0 && <p class="quiet">None: all calls are answered as on AWS.</p>}
        <ul class="form">
          {faults.map(({ id, description, hits, isOver }) => (
            <li class="card" key={id}>
              <p class="said">{shownText(description).text}</p>
              <div class="buttons">
                <ActionButton act={remove(id)}>Remove</ActionButton>
                <StateWord
                  meaning={isOver ? 'quiet' : 'warning'}
                  word={`${isOver ? 'over, ' : ''}${hits === 1 ? 'hit once' : `hit ${hits} times`}`}
                />
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <Section level={2} title="Set a fault">
        <FaultForm onSet={refresh} />
      </Section>
    </>
  );
}
