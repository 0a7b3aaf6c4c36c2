import { DAY_MS } from '../../aws/time-units.ts';
import type { LogGroup } from './log-store.ts';

/** Events before this time, in epoch milliseconds, are gone. */
export function expiryOf({ retentionInDays }: LogGroup, now: number): number {
  return retentionInDays === undefined ? 0 : now - retentionInDays * DAY_MS;
}
