import { describe, expect, test } from 'vitest';
import { addSample, type Bucket, newBucket } from '../../../src/services/cloudwatch/bucket.ts';
import { findStatistic } from '../../../src/services/cloudwatch/statistics.ts';

function bucketOf(values: number[]): Bucket {
  const bucket = newBucket(0, 'Milliseconds');
  for (const value of values) addSample(bucket, { count: 1, sum: value, minimum: value, maximum: value });
  return bucket;
}

const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1);
const statistic = (name: string, ...buckets: Bucket[]) => findStatistic(name)?.(buckets);

describe('a statistic', () => {
  const two = [bucketOf([4, 1]), bucketOf([10])];

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
  test.each([
    ['SampleCount', 3],
    ['Sum', 15],
    ['Average', 5],
    ['Minimum', 1],
    ['Maximum', 10],
  ])('%s over all buckets of a period', (name, value) => {
    expect(statistic(name, ...two)).toBe(value);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html: percentiles, trimmed mean, percentile rank
  test.each([
    ['p0', 1],
    ['p50', 50],
    ['p99', 99],
    ['p99.5', 100],
    ['p100', 100],
    // The ten highest don't count.
    ['tm90', 45.5],
    ['TM(:90%)', 45.5],
    ['TM(10%:90%)', 50.5],
    ['IQM', 50.5],
    ['tc90', 90],
    ['ts90', 4095],
    // The ten highest count as 90.
    ['wm90', 49.95],
    // Above 20, up to 30.
    ['TM(20:30)', 25.5],
    ['TC(20:30)', 10],
    ['PR(:30)', 30],
    ['PR(90:)', 10],
  ])('%s of 1 to 100', (name, value) => {
    expect(statistic(name, bucketOf(upTo(100)))).toBeCloseTo(value, 10);
  });

  test.each(['p101', 'p', 'sum', 'TM(5%:10)', 'TM(90%:10%)', 'TM(:)', 'PR(1%:2%)', 'tm', 'Median', ''])(
    '%s is none',
    (name) => {
      expect(findStatistic(name)).toBeUndefined();
    },
  );

  test('needs single values for a percentile, which a sum of different ones has not', () => {
    const bucket = bucketOf([5]);
    addSample(bucket, { count: 2, sum: 3, minimum: 1, maximum: 2 });
    expect(statistic('p50', bucket)).toBeUndefined();
    expect(statistic('Sum', bucket)).toBe(8);
    expect(statistic('Minimum', bucket)).toBe(1);
  });

  test('takes a sum whose least value is its greatest for single values', () => {
    const bucket = bucketOf([]);
    addSample(bucket, { count: 3, sum: 6, minimum: 2, maximum: 2 });
    expect(statistic('p50', bucket)).toBe(2);
  });

  test('gives no percentile where a value is negative', () => {
    expect(statistic('p50', bucketOf([-1, 1]))).toBeUndefined();
    expect(statistic('Minimum', bucketOf([-1, 1]))).toBe(-1);
  });

  test('keeps few values of very many, and is off by less than a tenth', () => {
    const bucket = bucketOf(upTo(100_000));
    expect(bucket.values?.size).toBeLessThan(600);
    expect(Math.abs((statistic('p99', bucket) ?? 0) - 99_000)).toBeLessThan(5_000);
    expect(statistic('Maximum', bucket)).toBe(100_000);
  });
});
