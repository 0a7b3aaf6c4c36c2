/**
 * Spreads retries. AWS publishes "exponential backoff and jitter" and no figures, so these are chosen:
 * full jitter, at random between 100 ms and a ceiling that doubles from 1 s to 15 min, where the default 185 retries
 * would fill the default 24 hours.
 * @param retry 1 for the first
 * @param random from 0 up to 1
 * @returns emulated milliseconds
 */
export function backoffMs(retry: number, random: () => number): number {
  const ceilingMs = Math.min(MAX_CEILING_MS, 1_000 * 2 ** (retry - 1));
  return Math.round(MIN_DELAY_MS + random() * (ceilingMs - MIN_DELAY_MS));
}

const MIN_DELAY_MS = 100;
const MAX_CEILING_MS = 15 * 60 * 1_000;
