import type { Bucket } from './bucket.ts';
import { mergedValues, overRanks, overValues, valueAtRank, type WeighedValue } from './value-ranges.ts';

/** One number for all that came in a period, or undefined where it can't be told. */
export type Statistic = (buckets: readonly Bucket[]) => number | undefined;

const SIMPLE = new Map<string, Statistic>([
  ['SampleCount', (buckets) => total(buckets, (it) => it.count)],
  ['Sum', (buckets) => total(buckets, (it) => it.sum)],
  ['Average', (buckets) => total(buckets, (it) => it.sum) / total(buckets, (it) => it.count)],
  ['Minimum', (buckets) => buckets.reduce((least, it) => Math.min(least, it.minimum), Infinity)],
  ['Maximum', (buckets) => buckets.reduce((most, it) => Math.max(most, it.maximum), -Infinity)],
]);

export const SIMPLE_STATISTICS = [...SIMPLE.keys()];

/** `p99`, `tm90`, `TM(10%:90%)`, `PR(:300)`, `IQM`… */
const EXTENDED =
  /^(?:(?<short>p|tm|tc|ts|wm)(?<percent>\d+(?:\.\d{1,10})?)|(?<long>TM|TC|TS|WM|PR)\((?<from>[^:()]*):(?<to>[^:()]*)\)|(?<iqm>IQM))$/;

/** The statistic of that name (CloudWatch guide, "CloudWatch statistics definitions"), or undefined when there is none. */
export function findStatistic(name: string): Statistic | undefined {
  return SIMPLE.get(name) ?? extendedStatistic(name);
}

/** The 99 of `p99`. */
export function percentOf(name: string): number | undefined {
  const percent = EXTENDED.exec(name)?.groups;
  return percent?.short === 'p' ? Number(percent.percent) : undefined;
}

function extendedStatistic(name: string): Statistic | undefined {
  const parts = EXTENDED.exec(name)?.groups;
  if (!parts) return undefined;
  if (parts.iqm) return onValues((values) => mean(overRanks(values, 0.25, 0.75)));
  if (parts.short === 'p') return percentile(Number(parts.percent) / 100);
  if (parts.short !== undefined) return inRange(parts.short.toUpperCase(), '', `${parts.percent}%`);
  return inRange(parts.long ?? '', parts.from ?? '', parts.to ?? '');
}

function percentile(rank: number): Statistic | undefined {
  return rank <= 1 ? onValues((values) => valueAtRank(values, rank)) : undefined;
}

/** Bounds are both percentages or both values; one may be open, and a lower value is outside, a higher one inside. */
function inRange(kind: string, from: string, to: string): Statistic | undefined {
  const given = [from, to].filter((bound) => bound !== '');
  const areRanks = given.every((bound) => /^\d+(\.\d{1,10})?%$/.test(bound)) && kind !== 'PR';
  if (given.length === 0 || (!areRanks && !given.every((bound) => /^\d+(\.\d+)?$/.test(bound))))
    return undefined;
  if (areRanks) {
    const low = from === '' ? 0 : Number.parseFloat(from) / 100;
    const high = to === '' ? 1 : Number.parseFloat(to) / 100;
    if (low > high || high > 1) return undefined;
    return onValues((all) =>
      summary(kind, overRanks(all, low, high), all, [valueAtRank(all, low), valueAtRank(all, high)]),
    );
  }
  const low = from === '' ? Number.NEGATIVE_INFINITY : Number(from);
  const high = to === '' ? Number.POSITIVE_INFINITY : Number(to);
  return onValues((all) => summary(kind, overValues(all, low, high), all, [low, high]));
}

function summary(
  kind: string,
  inside: WeighedValue[],
  all: WeighedValue[],
  [low, high]: [number, number],
): number | undefined {
  switch (kind) {
    case 'TC':
      return weight(inside);
    case 'TS':
      return sum(inside);
    case 'PR':
      return (100 * weight(inside)) / weight(all);
    case 'WM':
      return mean(all.map(({ value, count }) => ({ value: Math.min(Math.max(value, low), high), count })));
    default:
      return mean(inside);
  }
}

/** Needs single values; there are none where a sum was sent, and none of this where a value is negative (same page). */
function onValues(compute: (values: WeighedValue[]) => number | undefined): Statistic {
  return (buckets) => {
    const values = mergedValues(buckets);
    const [least] = values ?? [];
    return !values || !least || least.value < 0 ? undefined : compute(values);
  };
}

function mean(values: WeighedValue[]): number | undefined {
  return weight(values) === 0 ? undefined : sum(values) / weight(values);
}

function sum(values: WeighedValue[]): number {
  return values.reduce((so, { value, count }) => so + value * count, 0);
}

function weight(values: WeighedValue[]): number {
  return values.reduce((so, { count }) => so + count, 0);
}

function total(buckets: readonly Bucket[], of: (bucket: Bucket) => number): number {
  return buckets.reduce((so, bucket) => so + of(bucket), 0);
}
