import { createTally } from '../../../tally.ts';

/** Counts what event sources are busy with. */
export interface Work {
  /** Counts one more until the function that it gives is called. */
  begin(): () => void;
  /** Of what has begun, one more waits for the clock alone until the function that it gives is called. */
  waits(): () => void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Resolves when nothing is under way but what waits for the clock. */
  settled(): Promise<void>;
}

export function countWork(): Work {
  const tally = createTally();
  let busy = 0;
  let settlers: (() => void)[] = [];

  function less(): void {
    busy -= 1;
    if (busy > 0) return;
    for (const resolve of settlers) resolve();
    settlers = [];
  }

  return {
    begin() {
      busy += 1;
      const end = tally.begin();
      return () => {
        end();
        less();
      };
    },
    waits() {
      less();
      return () => {
        busy += 1;
      };
    },
    idle: tally.idle,
    async settled() {
      if (busy > 0) await new Promise<void>((resolve) => settlers.push(resolve));
    },
  };
}
