import { inTurnByKey } from '../../../aws/in-turn.ts';
import { type Clock, pauseFor } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import { createTally } from '../../../tally.ts';
import { groupArn } from '../names.ts';
import type { DestinationOptions } from './destination.ts';
import type { WrittenEvent } from './send-batch.ts';
import type { ActiveSubscription } from './subscription-filter.ts';

export interface SubscriptionLinesOptions extends DestinationOptions {
  clock: Clock;
  report: Report;
}

/** Brings what is written to log groups to their subscribers, stream by stream. */
export interface SubscriptionLines {
  /** Takes an event of a stream for a filter. `requestId`: an invocation logs it, of which more is to come. */
  take(
    filter: ActiveSubscription,
    written: { streamName: string; event: WrittenEvent; isLogged: boolean; requestId?: string },
  ): void;
  /** An invocation has logged its last. */
  ended(requestId: string): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** The same, but for what waits for the clock. */
  settled(): Promise<void>;
  /** Drops what is not sent yet. */
  drop(): void;
}

/** Events of a stream that wait for one filter. */
interface Line {
  filter: ActiveSubscription;
  streamName: string;
  events: WrittenEvent[];
  requestId?: string | undefined;
  /** Sends what is collected. */
  flush(): void;
}

/** Real time, in which what is written at once comes together. */
const COLLECT_MS = 20;
/** The same for the lines of an invocation, which come together at its end unless it takes longer. */
const COLLECT_LOGGED_MS = 1_000;
/** "The number of log events in a batch" that PutLogEvents takes at most, which none here exceeds either. */
const MAX_BATCH_EVENTS = 10_000;
const MAX_BATCH_BYTES = 1_048_576;

export function subscriptionLines(options: SubscriptionLinesOptions): SubscriptionLines {
  const { clock, report, place } = options;
  const lines = new Map<string, Line>();
  const tally = createTally();
  const working = createTally();
  /** By destination, so that a circle which grows from round to round goes no faster than any. */
  const inTurn = inTurnByKey();
  const slowed = new Set<string>();
  let dropping = new AbortController();

  async function run(key: string, line: Line, isLogged: boolean): Promise<void> {
    const end = tally.begin();
    const { signal } = dropping;
    let work = working.begin();
    try {
      while (line.events.length > 0 && !signal.aborted) {
        await collected(line, isLogged ? COLLECT_LOGGED_MS : COLLECT_MS);
        if (signal.aborted) break;
        const { sendBatch } = await import('./send-batch.ts');
        const { filter, streamName } = line;
        await sendBatch(
          { filter, streamName, events: firstOf(line) },
          {
            ...options,
            now: clock.now,
            isDropped: () => signal.aborted,
            async turnOf(destinationArn, delayMs) {
              tell(filter, delayMs);
              work();
              await inTurn(destinationArn, () =>
                signal.aborted ? undefined : pauseFor(clock, delayMs, signal),
              );
              work = working.begin();
            },
          },
        );
      }
    } finally {
      if (lines.get(key) === line) lines.delete(key);
      work();
      end();
    }
  }

  function collected(line: Line, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      timer.unref();
      line.flush = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Told once a filter. */
  function tell({ name, logGroupName, destinationArn }: ActiveSubscription, delayMs: number): void {
    const key = JSON.stringify([logGroupName, name]);
    if (slowed.has(key)) return;
    slowed.add(key);
    const functionName = destinationArn.split(':')[6] ?? destinationArn;
    const sourceArn = groupArn(place, logGroupName);
    report({ kind: 'recursion.slowed', name: functionName, sourceArn, delayMs, rounds: 1 });
  }

  return {
    take(filter, { streamName, event, isLogged, requestId }) {
      const key = JSON.stringify([filter.logGroupName, filter.name, streamName]);
      const known = lines.get(key);
      const line = known ?? { filter, streamName, events: [], flush() {} };
      line.filter = filter;
      line.events.push(event);
      if (requestId !== undefined) line.requestId = requestId;
      if (known) return;
      lines.set(key, line);
      void run(key, line, isLogged);
    },
    ended(requestId) {
      for (const line of lines.values()) if (line.requestId === requestId) line.flush();
    },
    idle: tally.idle,
    settled: working.idle,
    drop() {
      dropping.abort();
      dropping = new AbortController();
      for (const line of lines.values()) line.flush();
      lines.clear();
    },
  };
}

/** Takes the first of a line's events that fit into a batch. */
function firstOf({ events }: Line): WrittenEvent[] {
  let bytes = 0;
  const end = events.findIndex(({ message }, at) => {
    bytes += Buffer.byteLength(message);
    return at >= MAX_BATCH_EVENTS || (at > 0 && bytes > MAX_BATCH_BYTES);
  });
  return events.splice(0, end < 0 ? events.length : end);
}
