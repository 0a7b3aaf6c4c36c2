import type { Dimension, Metric, MetricUnit } from '../../aws/metric.ts';
import { DAY_MS } from '../../aws/time-units.ts';
import { addSample, type Bucket, newBucket, type Sample } from './bucket.ts';

export interface StoreLimits {
  /** Different metrics. */
  series: number;
  /** Minutes of metrics, all together. */
  buckets: number;
  ageMs: number;
}

/** A minute takes some 150 bytes, so that all of it stays below 10 MB. */
const LIMITS: StoreLimits = { series: 2_000, buckets: 50_000, ageMs: 15 * DAY_MS };

export interface Reading extends Sample {
  /** Epoch milliseconds. */
  atMs: number;
  unit: MetricUnit;
  /** Seconds that are kept apart; a minute where it isn't said. */
  resolutionSeconds?: 1 | 60;
}

interface Series {
  metric: Metric;
  lastAtMs: number;
  /** By begin and unit. */
  buckets: Map<string, Bucket>;
  /** The one that was added to last: the next value mostly goes there too. */
  latest?: Bucket | undefined;
}

/** Metrics in memory: a bounded number of them, each by minute. The oldest go first. */
export class MetricStore {
  readonly #series = new Map<string, Series>();
  /** In the order in which they came, which is about that of their times. */
  readonly #order = new Map<Bucket, { series: Series; key: string }>();
  readonly #limits: StoreLimits;
  readonly #onDrop: (limit: string) => void;
  #dropped = false;

  /** `onDrop` is told of the limit, once, when metrics that are not yet too old have to go. */
  constructor(onDrop: (limit: string) => void = () => {}, limits: Partial<StoreLimits> = {}) {
    this.#onDrop = onDrop;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** True once metrics had to go before their time. */
  get hasDropped(): boolean {
    return this.#dropped;
  }

  add(metric: Metric, { atMs, unit, resolutionSeconds = 60, ...sample }: Reading): void {
    const series = this.#find(metric) ?? this.#create(metric, atMs);
    const widthMs = resolutionSeconds * 1000;
    const beginMs = Math.floor(atMs / widthMs) * widthMs;
    addSample(this.#bucketOf(series, beginMs, unit), sample);
    if (atMs > series.lastAtMs) series.lastAtMs = atMs;
    if (this.#order.size > this.#limits.buckets) {
      this.#dropOldestBucket();
      this.#tell(`${this.#limits.buckets} minutes of metrics`);
    }
  }

  /** One value, once. */
  count(metric: Metric, atMs: number, value: number, unit: MetricUnit): void {
    this.add(metric, { atMs, unit, count: 1, sum: value, minimum: value, maximum: value });
  }

  /** The values of a span of time, its end excluded; of every unit, or of one. */
  buckets(
    metric: Metric,
    { fromMs, toMs, unit }: { fromMs: number; toMs: number; unit?: MetricUnit },
  ): Bucket[] {
    const all = [...(this.#find(metric)?.buckets.values() ?? [])];
    return all.filter(
      (it) => it.atMs >= fromMs && it.atMs < toMs && (unit === undefined || it.unit === unit),
    );
  }

  /** Every metric there is, with the time of its last value. */
  list(): { metric: Metric; lastAtMs: number }[] {
    return [...this.#series.values()].map(({ metric, lastAtMs }) => ({ metric, lastAtMs }));
  }

  clear(): void {
    this.#series.clear();
    this.#order.clear();
  }

  dropOlderThan(nowMs: number): void {
    const leastMs = nowMs - this.#limits.ageMs;
    for (const [bucket, { series }] of this.#order) {
      if (bucket.atMs >= leastMs) break;
      this.#dropOldestBucket();
      if (series.buckets.size === 0) this.#series.delete(keyOf(series.metric));
    }
  }

  #bucketOf(series: Series, beginMs: number, unit: MetricUnit): Bucket {
    const { latest, buckets } = series;
    if (latest?.atMs === beginMs && latest.unit === unit) return latest;
    const key = `${beginMs} ${unit}`;
    const bucket = buckets.get(key) ?? newBucket(beginMs, unit);
    if (!buckets.has(key)) {
      buckets.set(key, bucket);
      this.#order.set(bucket, { series, key });
    }
    series.latest = bucket;
    return bucket;
  }

  #find(metric: Metric): Series | undefined {
    return this.#series.get(keyOf(metric));
  }

  #create(metric: Metric, atMs: number): Series {
    if (this.#series.size >= this.#limits.series) {
      this.#dropStalestSeries();
      this.#tell(`${this.#limits.series} metrics`);
    }
    const series: Series = { metric, lastAtMs: atMs, buckets: new Map() };
    this.#series.set(keyOf(metric), series);
    return series;
  }

  #dropOldestBucket(): void {
    const [oldest] = this.#order;
    if (!oldest) return;
    const [bucket, { series, key }] = oldest;
    this.#order.delete(bucket);
    series.buckets.delete(key);
    if (series.latest === bucket) series.latest = undefined;
  }

  #dropStalestSeries(): void {
    const all = [...this.#series.values()];
    const stalest = all.reduce((least, it) => (it.lastAtMs < least.lastAtMs ? it : least));
    for (const bucket of stalest.buckets.values()) this.#order.delete(bucket);
    this.#series.delete(keyOf(stalest.metric));
  }

  #tell(limit: string): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#onDrop(limit);
  }
}

/** Of metrics that come again and again as the same object. */
const keys = new WeakMap<Metric, string>();

function keyOf(metric: Metric): string {
  const known = keys.get(metric);
  if (known !== undefined) return known;
  const { namespace, name, dimensions } = metric;
  const key = [namespace, name, ...dimensions.map(dimensionKey).sort()].join('\u0000');
  keys.set(metric, key);
  return key;
}

function dimensionKey({ name, value }: Dimension): string {
  return `${name}\u0001${value}`;
}
