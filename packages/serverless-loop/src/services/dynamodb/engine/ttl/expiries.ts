import { encodedNumber } from '../storage/key-encoding.ts';
import { SortedMap } from '../storage/sorted-map.ts';
import type { Item } from '../values/attribute-value.ts';

/** Items that expired longer ago are kept (DynamoDB guide, "How it works: DynamoDB Time to Live (TTL)"). */
const MAX_AGE_SECONDS = 5 * 365 * 24 * 60 * 60;

/** The times at which the items of a table expire, in their order. */
export interface Expiries {
  readonly attribute: string;
  /** Epoch seconds of the next one that is not too long ago; undefined when none expires. */
  next(nowSeconds: number): number | undefined;
  /** The keys of the items that have expired, at most so many. */
  expired(nowSeconds: number, limit: number): string[];
  replaced(key: string, oldItem: Item | undefined, item: Item | undefined): void;
}

export function startExpiries(attribute: string): Expiries {
  const entries = new SortedMap<{ key: string; atSeconds: number }>();
  const oldest = (nowSeconds: number) => encodedNumber(String(Math.floor(nowSeconds) - MAX_AGE_SECONDS));

  return {
    attribute,
    next(nowSeconds) {
      for (const [, { atSeconds }] of entries.entries({ from: oldest(nowSeconds) })) return atSeconds;
      return undefined;
    },
    expired(nowSeconds, limit) {
      const keys: string[] = [];
      const range = { from: oldest(nowSeconds), to: encodedNumber(String(Math.floor(nowSeconds) + 1)) };
      for (const [, { key }] of entries.entries(range)) {
        keys.push(key);
        if (keys.length === limit) break;
      }
      return keys;
    },
    replaced(key, oldItem, item) {
      const oldTime = timeOf(oldItem);
      const time = timeOf(item);
      if (oldTime === time) return;
      if (oldTime !== undefined) entries.delete(encodedNumber(oldTime) + key);
      if (time !== undefined) entries.set(encodedNumber(time) + key, { key, atSeconds: Number(time) });
    },
  };

  /** Only a number is a time. */
  function timeOf(item: Item | undefined): string | undefined {
    const value = item?.[attribute];
    return value && 'N' in value ? value.N : undefined;
  }
}
