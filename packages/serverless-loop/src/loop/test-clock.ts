import { setImmediate as turn } from 'node:timers/promises';
import { type MovableClock, movableClock } from './movable-clock.ts';

/** The time of a loop under test. */
export interface TestClock {
  /** Epoch milliseconds: the machine's time of day, and ahead of it by what `advance` was given. */
  now(): number;
  /**
   * Lets so many milliseconds of emulated time pass at once. Whatever falls due in them happens, in its order: retries,
   * back-off, visibility timeouts, delays and retention of messages, items that expire, alarms. After each, what it set
   * going comes to its end before the time goes on, functions that run included. Calls wait for one another.
   */
  advance(ms: number): Promise<void>;
}

/**
 * `running`: time goes on by itself, and `advance` moves it forward. `manual`: nothing falls due but by `advance`; the time
 * of day, which time stamps have, is the machine's all the same, and ahead of it by what was advanced.
 */
export type ClockMode = 'running' | 'manual';

/** The way in which the time of a loop goes. */
export interface ClockModes {
  /** Retries, back-off, and the times of queues. */
  retries?: ClockMode;
  /** The day, by which metrics are kept, alarms judged and items expire. A Date is where it stands still until it is advanced. */
  day?: ClockMode | Date;
}

/** The two clocks of a loop, which a test moves together. */
export interface TestClocks {
  clock: MovableClock;
  wallClock: MovableClock;
  forTest(progress: Progress): TestClock;
}

/** Progress of a loop with what time has set going. */
interface Progress {
  /** Resolves when nothing happens but what waits for a clock. */
  settled(): Promise<void>;
  /** Returns the number of facts that there have been. */
  factCount(): number;
}

/** A timer that is set a moment late is not met by a hair. */
const ROUNDING_MS = 1e-6;

/** The clocks of a loop whose retries run `retrySpeed` times as fast as AWS's. */
export function testClocks(modes: ClockMode | ClockModes, retrySpeed: number): TestClocks {
  const { retries = 'running', day = 'running' } =
    typeof modes === 'string' ? { retries: modes, day: modes } : modes;
  const clock = movableClock(retries === 'manual' ? 0 : retrySpeed);
  const standsAt = day instanceof Date ? day.getTime() : undefined;
  const wallClock = movableClock(
    day === 'running' ? 1 : 0,
    standsAt === undefined ? Date.now : () => standsAt,
  );
  const clocks = [clock, wallClock];

  function move(ms: number): void {
    for (const each of clocks) each.move(ms);
  }

  /** The clock whose next task is due first, within so many milliseconds. */
  function nextWithin(ms: number): { of: MovableClock; inMs: number } | undefined {
    const waits = clocks.map((of) => ({ of, inMs: of.nextInMs() ?? Number.POSITIVE_INFINITY }));
    const first = waits.reduce((one, other) => (other.inMs < one.inMs ? other : one));
    return first.inMs <= ms ? first : undefined;
  }

  return {
    clock,
    wallClock,
    forTest(progress) {
      let moving: Promise<void> = Promise.resolve();

      async function advance(ms: number): Promise<void> {
        let leftMs = ms;
        await settle(progress);
        for (let next = nextWithin(leftMs); next; next = nextWithin(leftMs)) {
          move(next.inMs + ROUNDING_MS);
          leftMs = Math.max(0, leftMs - next.inMs);
          next.of.runNext();
          await settle(progress);
        }
        move(leftMs);
      }

      return {
        now: wallClock.now,
        advance(ms) {
          if (!(ms >= 0)) throw new RangeError(`expected milliseconds to advance the clock by, found ${ms}`);
          moving = moving.then(() => advance(ms));
          return moving;
        },
      };
    },
  };
}

/** Work that ends may begin other work in the next turns of the event loop, and that would be told of. */
async function settle({ settled, factCount }: Progress): Promise<void> {
  for (let before = -1; before !== factCount(); ) {
    before = factCount();
    await settled();
    await turn();
    await turn();
    await settled();
  }
}
