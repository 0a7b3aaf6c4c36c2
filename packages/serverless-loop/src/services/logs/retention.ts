import type { LogGroup } from './log-store.ts';

const DAY_MS = 86_400_000;

/** Events before this time, in epoch milliseconds, are gone. */
export function expiryOf({ retentionInDays }: LogGroup, now: number): number {
  return retentionInDays === undefined ? 0 : now - retentionInDays * DAY_MS;
}
