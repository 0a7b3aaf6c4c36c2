/** A number that isn't said is without end. */
export interface Limit {
  ratePerSecond: number;
  burst: number;
}

export function limitOf(rate: number | undefined, burst: number | undefined): Limit | undefined {
  if (rate === undefined && burst === undefined) return undefined;
  return { ratePerSecond: rate ?? Number.POSITIVE_INFINITY, burst: burst ?? Number.POSITIVE_INFINITY };
}

/** Lets requests through as a token bucket does (API Gateway guide, "Throttle requests to your REST APIs"). */
export interface Throttles {
  /** Takes a token of that bucket; false when there is none. */
  take(bucket: string, limit: Limit | undefined): boolean;
}

const MAX_BUCKETS = 10_000;

export function throttles(nowMs: () => number): Throttles {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take(bucket, limit) {
      if (!limit) return true;
      const { ratePerSecond, burst } = limit;
      // Only a burst is said: as many a second.
      const size = Number.isFinite(burst) ? burst : ratePerSecond;
      const rate = Number.isFinite(ratePerSecond) ? ratePerSecond : burst;
      const at = nowMs();
      const known = buckets.get(bucket) ?? { tokens: size, atMs: at };
      const tokens = Math.min(size, known.tokens + ((at - known.atMs) / 1000) * rate);
      if (buckets.size >= MAX_BUCKETS) buckets.clear();
      buckets.set(bucket, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: at });
      return tokens >= 1;
    },
  };
}
