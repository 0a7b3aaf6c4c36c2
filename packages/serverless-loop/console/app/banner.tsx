import { ActionButton } from '../parts/action.tsx';
import { duration } from '../state/words.ts';
import { useConsole } from './context.ts';
import { ask, send } from './loop-api.ts';
import { useAnswer } from './use-answer.ts';

interface Unusual {
  faults: number;
  aheadMs: number;
  retrySpeed: number;
}

/** All that is not as on AWS right now, with the way back. */
export function Banner() {
  const { facts, connection } = useConsole();
  const last = facts.groups.system.facts.findLast(({ kind }) => /^(fault|time)\./.test(kind));
  const { value, refresh } = useAnswer('banner', () => ask<Unusual>('banner'), [last?.seq, connection]);
  if (!value) return null;
  const { faults, aheadMs, retrySpeed } = value;
  if (faults === 0 && aheadMs === 0 && retrySpeed === 1) return null;
  const undone = (path: string) => async () => {
    await send(path);
    refresh();
    return undefined;
  };
  return (
    <section class="banner" aria-label="Not as on AWS">
      {faults > 0 && (
        <>
          <strong>{faults === 1 ? 'A fault is on' : `${faults} faults are on`}</strong>
          <a href="#/do/faults">Show</a>
          <ActionButton act={undone('faults/remove')}>Remove faults</ActionButton>
        </>
      )}
      {(aheadMs !== 0 || retrySpeed !== 1) && (
        <>
          <span>
            {aheadMs !== 0 && `The clock is ${duration(aheadMs)} ahead. `}
            {retrySpeed !== 1 && `Retries run ${retrySpeed} times as fast.`}
          </span>
          <a href="#/do/time">Show</a>
        </>
      )}
    </section>
  );
}
