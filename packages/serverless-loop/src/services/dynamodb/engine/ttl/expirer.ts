import { type Clock, seconds } from '../clock.ts';
import type { Write, WriteCause, Writer } from '../items/writer.ts';
import { StoreWriteError } from '../storage/store-write-error.ts';
import type { Table } from '../tables/table.ts';
import type { Tables } from '../tables/tables.ts';

/** Items that are deleted in one go; between them calls are answered. */
const BATCH = 100;
/** Timers take no longer delays, and an item may come that expires sooner than what is waited for. */
const MAX_WAIT_MS = 30_000;
const MIN_WAIT_MS = 500;
const RETRY_MS = 1_000;

/** As stream records tell it (DynamoDB guide, "DynamoDB Streams and Time to Live"). */
const CAUSE: WriteCause = {
  operation: 'TimeToLive',
  userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
};

/** Deletes items once their time has come: within half a minute of it, where AWS takes days. */
export interface Expirer {
  /** Looks at all tables again: one of them expires items now, or others. */
  wake(): void;
  stop(): void;
}

export function startExpirer(tables: Tables, writer: Writer, clock: Clock): Expirer {
  let timer: { cancel(): void } | undefined;
  let stopped = false;

  function sweep(): void {
    timer = undefined;
    if (stopped) return;
    try {
      let isMore = false;
      for (const table of tables.all()) isMore = expire(table) || isMore;
      wait(isMore ? 0 : nextWaitMs());
    } catch (error) {
      // Told by the store; items stay until they can be deleted.
      if (!(error instanceof StoreWriteError)) throw error;
      wait(RETRY_MS);
    }
  }

  /** Says whether there are more. */
  function expire(table: Table): boolean {
    const keys = table.expiries?.expired(seconds(clock), BATCH) ?? [];
    const writes: Write[] = keys.map((key) => ({
      table,
      key,
      oldItem: table.items.get(key),
      item: undefined,
    }));
    for (const write of writes) writer.write([write], CAUSE);
    return keys.length === BATCH;
  }

  function nextWaitMs(): number {
    const now = seconds(clock);
    const times = [...tables.all()].flatMap(({ expiries }) => expiries?.next(now) ?? []);
    const nextMs = Math.min(...times.map((time) => (time - now) * 1000), MAX_WAIT_MS);
    return Math.max(nextMs, MIN_WAIT_MS);
  }

  /** While no table has times of expiry, nothing waits. */
  function wait(delayMs: number): void {
    if (![...tables.all()].some(({ expiries }) => expiries)) return;
    timer = clock.after(delayMs, sweep);
  }

  function wake(): void {
    if (!stopped && !timer) wait(0);
  }

  wake();
  return {
    wake,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
