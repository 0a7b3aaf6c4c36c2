import type { Measure } from './figure.ts';

/** The value that `share` (0 to 1) of the samples don't exceed, by the nearest rank; NaN of no samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Median and 99th percentile. */
export function spread(samples: readonly number[]): Required<Measure> {
  return { median: median(samples), p99: percentile(samples, 0.99) };
}
