import { expect, test } from 'vitest';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';

const MINUTE = 60_000;
const named = (name: string) => ({ namespace: 'Parcels', name, dimensions: [] });
const always = { fromMs: 0, toMs: Number.POSITIVE_INFINITY };

test('values of one minute come together, whatever the order of dimensions', () => {
  const store = new MetricStore();
  const one = { name: 'service', value: 'packer' };
  const other = { name: 'stage', value: 'dev' };
  store.count({ ...named('Packed'), dimensions: [one, other] }, 10, 1, 'Count');
  store.count({ ...named('Packed'), dimensions: [other, one] }, MINUTE - 1, 2, 'Count');
  store.count({ ...named('Packed'), dimensions: [one, other] }, MINUTE, 4, 'Count');
  const buckets = store.buckets({ ...named('Packed'), dimensions: [one, other] }, always);
  expect(buckets.map(({ atMs, sum }) => [atMs, sum])).toEqual([
    [0, 3],
    [MINUTE, 4],
  ]);
  expect(store.list()).toHaveLength(1);
});

test('single seconds and units are kept apart', () => {
  const store = new MetricStore();
  store.add(named('Weight'), {
    atMs: 1_500,
    unit: 'Count',
    resolutionSeconds: 1,
    count: 1,
    sum: 1,
    minimum: 1,
    maximum: 1,
  });
  store.count(named('Weight'), 2_000, 5, 'None');
  expect(store.buckets(named('Weight'), always).map(({ atMs, unit }) => [atMs, unit])).toEqual([
    [1_000, 'Count'],
    [0, 'None'],
  ]);
  expect(store.buckets(named('Weight'), { ...always, unit: 'None' })).toHaveLength(1);
});

test('past the limit of minutes the oldest go, which is told once', () => {
  const told: string[] = [];
  const store = new MetricStore((limit) => told.push(limit), { buckets: 3 });
  for (let minute = 0; minute < 6; minute++) store.count(named('Packed'), minute * MINUTE, 1, 'Count');
  expect(store.buckets(named('Packed'), always).map(({ atMs }) => atMs / MINUTE)).toEqual([3, 4, 5]);
  expect(told).toEqual(['3 minutes of metrics']);
  expect(store.hasDropped).toBe(true);
});

test('a value of a minute that had to go begins that minute anew', () => {
  const store = new MetricStore(() => {}, { buckets: 1 });
  const metric = named('Packed');
  for (const atMs of [0, MINUTE, 0, 1]) store.count(metric, atMs, 1, 'Count');
  store.count(named('Lost'), 0, 1, 'Count');
  store.count(metric, 2, 1, 'Count');
  expect(store.buckets(metric, always).map(({ atMs, sum }) => [atMs, sum])).toEqual([[0, 1]]);
});

test('past the limit of metrics the one that was silent longest goes', () => {
  const told: string[] = [];
  const store = new MetricStore((limit) => told.push(limit), { series: 2 });
  store.count(named('first'), 0, 1, 'Count');
  store.count(named('second'), MINUTE, 1, 'Count');
  store.count(named('first'), 2 * MINUTE, 1, 'Count');
  store.count(named('third'), 3 * MINUTE, 1, 'Count');
  expect(store.list().map(({ metric }) => metric.name)).toEqual(['first', 'third']);
  expect(told).toEqual(['2 metrics']);
});

test('what is too old goes without a word, its metric too', () => {
  const told: string[] = [];
  const store = new MetricStore((limit) => told.push(limit), { ageMs: 10 * MINUTE });
  store.count(named('old'), 0, 1, 'Count');
  store.count(named('young'), 5 * MINUTE, 1, 'Count');
  store.dropOlderThan(12 * MINUTE);
  expect(store.list().map(({ metric }) => metric.name)).toEqual(['young']);
  expect(told).toEqual([]);
});
