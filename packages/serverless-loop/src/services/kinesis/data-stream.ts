import type { Clock } from '../../clock.ts';
import type { DataStreamModel } from '../../template/model.ts';
import { evenRanges, type HashKeyRange, overlaps } from './hash-keys.ts';
import { sequenceNumbers } from './sequence-numbers.ts';
import type { Shard } from './shard.ts';

const HOUR_MS = 3_600_000;
/** Shards of a stream on demand, as it is made (Kinesis guide, "On-demand mode"). */
const SHARDS_ON_DEMAND = 4;

export interface DataStreamOptions {
  model: DataStreamModel;
  clock: Clock;
  /** Told when there are records or shards. */
  changed(): void;
}

/** A stream: its shards, open and closed, each with its records. */
export class DataStream {
  model: DataStreamModel;
  readonly createdAtMs: number;
  readonly tags = new Map<string, string>();
  readonly consumers = new Map<string, { name: string; arn: string; createdAtMs: number }>();
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #nextNumber: () => string;
  #shards: Shard[] = [];
  #made = 0;

  constructor({ model, clock, changed }: DataStreamOptions) {
    this.model = model;
    this.#clock = clock;
    this.#changed = changed;
    this.#nextNumber = sequenceNumbers(clock.now);
    this.createdAtMs = clock.now();
    for (const [key, value] of Object.entries(model.tags)) this.tags.set(key, value);
    this.register(model.consumers ?? []);
    const count = model.mode === 'ON_DEMAND' ? SHARDS_ON_DEMAND : model.shardCount;
    for (const range of evenRanges(count)) this.#open(range, []);
  }

  get retentionMs(): number {
    return this.model.retentionHours * HOUR_MS;
  }

  /** In the order of their making, without those that have closed and lost their last record by age. */
  shards(): readonly Shard[] {
    this.#trim();
    return this.#shards;
  }

  openShards(): Shard[] {
    return this.#shards.filter(({ closed }) => !closed);
  }

  shard(shardId: string): Shard | undefined {
    return this.shards().find((shard) => shard.shardId === shardId);
  }

  /** Adds the consumers that are not there. */
  register(consumers: readonly { name: string; arn: string }[]): void {
    for (const { name, arn } of consumers)
      if (!this.consumers.has(arn)) this.consumers.set(arn, { name, arn, createdAtMs: this.#clock.now() });
  }

  /** Takes a record into the shard of its key. */
  put(
    hashKey: bigint,
    partitionKey: string,
    data: Buffer,
    traceHeader?: string,
  ): { shardId: string; sequenceNumber: string } {
    const shard = this.#shards.find(
      ({ closed, range }) => !closed && range.first <= hashKey && hashKey <= range.last,
    );
    if (!shard) throw new RangeError(`No shard of ${this.model.name} has the key ${hashKey}`);
    const sequenceNumber = this.#nextNumber();
    const arrivedAtMs = this.#clock.now();
    const more = traceHeader === undefined ? {} : { traceHeader };
    shard.records.push({ sequenceNumber, partitionKey, data, arrivedAtMs, ...more });
    this.#changed();
    return { shardId: shard.shardId, sequenceNumber };
  }

  /** A number after all that there are. */
  nextPlace(): string {
    return this.#nextNumber();
  }

  /** Closes open shards, which go on in shards of these ranges. */
  reshard(closing: readonly Shard[], ranges: readonly HashKeyRange[]): void {
    const atMs = this.#clock.now();
    for (const shard of closing) shard.closed = { atMs, sequenceNumber: this.#nextNumber() };
    for (const range of ranges) {
      const parents = closing.filter((shard) => overlaps(shard.range, range));
      this.#open(
        range,
        parents.map(({ shardId }) => shardId),
      );
    }
    this.#changed();
  }

  /** Closes all open shards for so many of one size. */
  scaleTo(count: number): void {
    this.reshard(this.openShards(), evenRanges(count));
  }

  /** Forgets all records. */
  clear(): void {
    for (const shard of this.#shards) shard.records = [];
    this.#shards = this.openShards();
  }

  #open(range: HashKeyRange, parentIds: readonly string[]): void {
    this.#shards.push({
      shardId: `shardId-${String(this.#made).padStart(12, '0')}`,
      range,
      parentIds,
      firstSequenceNumber: this.#nextNumber(),
      openedAtMs: this.#clock.now(),
      records: [],
    });
    this.#made += 1;
  }

  #trim(): void {
    const oldestMs = this.#clock.now() - this.retentionMs;
    for (const shard of this.#shards) {
      const fresh = shard.records.findIndex(({ arrivedAtMs }) => arrivedAtMs >= oldestMs);
      if (fresh > 0) shard.records.splice(0, fresh);
      else if (fresh < 0 && shard.records.length > 0) shard.records = [];
    }
    this.#shards = this.#shards.filter(({ closed }) => !closed || closed.atMs >= oldestMs);
  }
}
