import { AwsError } from '../aws/errors.ts';
import type { Report } from '../facts.ts';
import type { TestClock, TestClocks } from './test-clock.ts';

/** The time of a loop, as somebody who looks on finds it. */
export interface TimeState {
  /** ISO 8601. */
  now: string;
  /** The time of day is so much ahead of the machine's. */
  aheadMs: number;
  /** Retries, back-off and visibility timeouts run so many times as fast as on AWS. */
  retrySpeed: number;
  startedWithRetrySpeed: number;
  /** Emulated milliseconds until the next thing falls due. Absent: nothing waits. */
  nextInMs?: number;
}

/** Time that is compressed and moved forward while the loop runs. */
export interface LoopTime {
  state(): TimeState;
  /** As TestClock's. */
  advance(ms: number): Promise<void>;
  /** Throws AwsError where time goes by hand alone. */
  setRetrySpeed(speed: number): void;
  /** The speed is that of the start and the time of day the machine's again; what was met stays met. */
  reset(): void;
}

export interface LoopTimeOptions {
  clocks: Pick<TestClocks, 'clock' | 'wallClock'>;
  tests: TestClock;
  report: Report;
}

export function loopTime({ clocks: { clock, wallClock }, tests, report }: LoopTimeOptions): LoopTime {
  const startedWith = clock.speed();

  function tell(): void {
    report({ kind: 'time.changed', aheadMs: Math.round(wallClock.aheadMs()), retrySpeed: clock.speed() });
  }

  return {
    state() {
      const waits = [clock.nextInMs(), wallClock.nextInMs()].filter((ms) => ms !== undefined);
      return {
        now: new Date(wallClock.now()).toISOString(),
        aheadMs: Math.round(wallClock.aheadMs()),
        retrySpeed: clock.speed(),
        startedWithRetrySpeed: startedWith,
        ...(waits.length > 0 && { nextInMs: Math.round(Math.min(...waits)) }),
      };
    },
    async advance(ms) {
      await tests.advance(ms);
      tell();
    },
    setRetrySpeed(speed) {
      if (startedWith === 0)
        throw new AwsError('ValidationException', 'The clock of retries is moved by hand, and has no speed.');
      clock.setSpeed(speed);
      tell();
    },
    reset() {
      const isChanged = wallClock.aheadMs() > 0 || clock.speed() !== startedWith;
      for (const each of [clock, wallClock]) each.resetDay();
      clock.setSpeed(startedWith);
      if (isChanged) tell();
    },
  };
}
