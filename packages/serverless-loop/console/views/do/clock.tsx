import { useConsole } from '../../app/context.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Members, Section } from '../../parts/detail.tsx';
import { Problem } from '../../parts/notice.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { useState } from '../../preact.ts';
import { duration } from '../../state/words.ts';

interface LoopTime {
  now: string;
  aheadMs: number;
  retrySpeed: number;
  startedWithRetrySpeed: number;
  nextInMs?: number;
}

const MINUTE_MS = 60_000;
const JUMPS = [
  ['a minute', MINUTE_MS],
  ['an hour', 60 * MINUTE_MS],
  ['a day', 24 * 60 * MINUTE_MS],
] as const;

/** The loop's time: how fast retries come, and a jump to what is due later. */
export function Clock() {
  const { facts } = useConsole();
  const last = facts.groups.system.facts.findLast(({ kind }) => kind.startsWith('time.'));
  const { value, error, refresh } = useAnswer('time', () => ask<LoopTime>('time'), [last?.seq]);
  const [speed, setSpeed] = useState('10');
  const done = (path: string, members: object) => async () => {
    await send(path, { ...members });
    refresh();
    return undefined;
  };
  const isMoved = value && (value.aheadMs !== 0 || value.retrySpeed !== value.startedWithRetrySpeed);
  return (
    <>
      <Problem text={error} />
      {value && (
        <Section
          level={2}
          title="Now"
          aside={isMoved && <ActionButton act={done('time/reset', {})}>As at the start</ActionButton>}
        >
          <Members
            of={[
              ['time of day', new Date(value.now).toLocaleString()],
              ['ahead', value.aheadMs === 0 ? 'not at all' : duration(value.aheadMs)],
              [
                'retries run',
                value.retrySpeed === 1 ? 'as fast as on AWS' : `${value.retrySpeed} times as fast`,
              ],
              ['next due', value.nextInMs === undefined ? 'nothing waits' : `in ${duration(value.nextInMs)}`],
            ]}
          />
        </Section>
      )}
      <Section level={2} title="Jump ahead">
        <p class="quiet">
          What is due until then is done at once: retries, back-off, visibility timeouts, schedules.
        </p>
        <div class="buttons">
          {JUMPS.map(([words, ms]) => (
            <ActionButton key={words} act={done('time/advance', { ms })}>
              By {words}
            </ActionButton>
          ))}
          {value?.nextInMs !== undefined && (
            <ActionButton act={done('time/advance', { ms: value.nextInMs })}>To what is next</ActionButton>
          )}
        </div>
      </Section>
      <Section level={2} title="Speed of retries">
        <div class="fields">
          <TextField label="Times as fast as on AWS" isNumber text={speed} onText={setSpeed} />
          <div class="buttons">
            <ActionButton
              disabled={!(Number(speed) > 0)}
              act={done('time/speed', { retrySpeed: Number(speed) })}
            >
              Set the speed
            </ActionButton>
          </div>
        </div>
      </Section>
    </>
  );
}
