import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from '../../../src/aws/backoff.ts';

const longest = () => 1 - Number.EPSILON;

test('the longest wait doubles from one second to a quarter of an hour', () => {
  const seconds = [1, 2, 3, 4, 10, 11, 185].map((retry) => Math.round(backoffMs(retry, longest) / 1_000));
  expect(seconds).toEqual([1, 2, 4, 8, 512, 900, 900]);
});

test('the jitter is full: any wait down to a tenth of a second may come', () => {
  expect(backoffMs(1, () => 0)).toBe(100);
  expect(backoffMs(185, () => 0)).toBe(100);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 185 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (retry, random) => {
        const wait = backoffMs(retry, () => random);
        expect(wait).toBeGreaterThanOrEqual(100);
        expect(wait).toBeLessThanOrEqual(backoffMs(retry, longest));
      },
    ),
  );
});

test('the default 185 retries take about as long as the default 24 hours', () => {
  const waits = Array.from({ length: 185 }, (_, index) => backoffMs(index + 1, () => 0.5));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(20);
  expect(hours).toBeLessThan(25);
});
