import type { MetricUnit } from '../../aws/metric.ts';

/** The values of one metric in one minute, or in one second where it has that resolution. */
export interface Bucket {
  /** Its begin, epoch milliseconds. */
  readonly atMs: number;
  readonly unit: MetricUnit;
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** The count of each value. Absent while all are the same, and when only sums were sent. */
  values?: Map<number, number>;
  /** A statistic set came: single values can't be told any more. */
  isSummed: boolean;
}

export interface Sample {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
}

/** Past so many different values in a bucket, further ones are rounded: at most ninety more for each power of ten. */
const EXACT_VALUES = 100;

export function newBucket(atMs: number, unit: MetricUnit): Bucket {
  return {
    atMs,
    unit,
    count: 0,
    sum: 0,
    minimum: Number.POSITIVE_INFINITY,
    maximum: Number.NEGATIVE_INFINITY,
    isSummed: false,
  };
}

/** Counts a sample in. One whose least value is its greatest is as good as single values (CloudWatch guide, "Statistics definitions"). */
export function addSample(bucket: Bucket, { count, sum, minimum, maximum }: Sample): void {
  if (minimum !== maximum) bucket.isSummed = true;
  else if (!bucket.isSummed) addValue(bucket, minimum, count);
  if (bucket.isSummed) delete bucket.values;
  bucket.count += count;
  bucket.sum += sum;
  if (minimum < bucket.minimum) bucket.minimum = minimum;
  if (maximum > bucket.maximum) bucket.maximum = maximum;
}

function addValue(bucket: Bucket, value: number, count: number): void {
  const isFirst = bucket.count === 0;
  const allTheSame = bucket.minimum === value && bucket.maximum === value;
  if (isFirst || (allTheSame && !bucket.values)) return;
  bucket.values ??= new Map([[bucket.minimum, bucket.count]]);
  const { values } = bucket;
  const key = values.size < EXACT_VALUES || values.has(value) ? value : Number(value.toPrecision(2));
  values.set(key, (values.get(key) ?? 0) + count);
}

/** Each value with how often it came, or undefined where only sums are known. */
export function valuesOf(bucket: Bucket): Iterable<readonly [value: number, count: number]> | undefined {
  if (bucket.isSummed) return undefined;
  return bucket.values ?? [[bucket.minimum, bucket.count]];
}
