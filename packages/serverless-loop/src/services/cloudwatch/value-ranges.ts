import { type Bucket, valuesOf } from './bucket.ts';

/** A value and how often it came; a part of it where the edge of a range runs through. */
export interface WeighedValue {
  value: number;
  count: number;
}

/** All values of the buckets, the least first, or undefined where one knows only sums. */
export function mergedValues(buckets: readonly Bucket[]): WeighedValue[] | undefined {
  const counts = new Map<number, number>();
  for (const bucket of buckets) {
    const values = valuesOf(bucket);
    if (!values) return undefined;
    for (const [value, count] of values) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value);
}

/** The least value that is not below so much of all, 0 to 1. */
export function valueAtRank(values: readonly WeighedValue[], rank: number): number {
  const wanted = rank * values.reduce((so, { count }) => so + count, 0);
  let passed = 0;
  for (const { value, count } of values) {
    passed += count;
    if (passed >= wanted) return value;
  }
  return values.at(-1)?.value ?? Number.NaN;
}

/** The values between two ranks, 0 to 1. */
export function overRanks(values: readonly WeighedValue[], low: number, high: number): WeighedValue[] {
  const total = values.reduce((so, { count }) => so + count, 0);
  let passed = 0;
  return values.flatMap(({ value, count }) => {
    const begin = Math.max(passed, low * total);
    passed += count;
    const end = Math.min(passed, high * total);
    return end > begin ? [{ value, count: end - begin }] : [];
  });
}

/** The values above `low` and not above `high`. */
export function overValues(values: readonly WeighedValue[], low: number, high: number): WeighedValue[] {
  return values.filter(({ value }) => value > low && value <= high);
}
