import { PassThrough } from 'node:stream';
import { eventFrame } from '../../aws/event-stream.ts';
import {
  integer,
  list,
  oneOf,
  required,
  stream,
  structure,
  text,
  timestamp,
  type Written,
} from '../../aws/members.ts';
import { writePart } from '../../aws/response-sink.ts';
import { JSON_FORMS, wireValues } from '../../aws/wire-values.ts';
import { found, onConsumer } from './consumer-operations.ts';
import { type KinesisContext, operation } from './context.ts';
import type { DataStream } from './data-stream.ts';
import { inUse, invalidArgument, notFound } from './kinesis-errors.ts';
import { placeIn } from './polled-streams.ts';
import { childrenOf } from './read-operations.ts';
import { beforeNumber } from './sequence-numbers.ts';
import { HASH_KEY_RANGE, RECORD, SEQUENCE_NUMBER, SHARD_ID } from './shapes.ts';
import { recordsAfter, type Shard } from './shard.ts';

/** "The connection lasts for up to 5 minutes" (Kinesis API reference, "SubscribeToShard"). */
const LASTS_MS = 300_000;
/** "If you call SubscribeToShard again … within 5 seconds of a successful call, you'll get a ResourceInUseException" (the same page). */
const LOCKED_MS = 5_000;
/** Records of one event: no more than MAX_BYTES of them. */
const MAX_RECORDS = 10_000;
const MAX_BYTES = 1_048_576;
const JSON_TYPE = 'application/x-amz-json-1.1';

const POSITION = {
  Type: required(
    oneOf(['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  ),
  SequenceNumber: SEQUENCE_NUMBER,
  Timestamp: timestamp(),
} as const;

const EVENT = {
  Records: list(RECORD),
  ContinuationSequenceNumber: SEQUENCE_NUMBER,
  MillisBehindLatest: integer(),
  ChildShards: list(
    structure({ ShardId: SHARD_ID, ParentShards: list(SHARD_ID), HashKeyRange: HASH_KEY_RANGE }),
  ),
} as const;
const EVENT_SHAPE = structure(EVENT);

/** The subscriptions under way, by consumer and shard. */
const underWay = new WeakMap<DataStream, Map<string, { sinceMs: number; end(): void }>>();

/** Pushes records to a consumer with enhanced fan-out as they come (Kinesis API reference, "SubscribeToShard"). */
export const SUBSCRIBE_TO_SHARD = operation({
  input: {
    ConsumerARN: required(text({ min: 1, max: 2048 })),
    ShardId: required(SHARD_ID),
    StartingPosition: required(structure(POSITION)),
  },
  output: { EventStream: stream() },
  needs: onConsumer,
  handle({ ConsumerARN, ShardId, StartingPosition }, context, { signal }) {
    const { stream: source } = found({ ConsumerARN }, context);
    const shard = source.shard(ShardId);
    if (!shard)
      throw notFound(
        `Shard ${ShardId} in stream ${source.model.name} under account ${context.place.accountId} does not exist`,
      );
    const after = startIn(source, shard, StartingPosition);
    const all = underWay.get(source) ?? new Map<string, { sinceMs: number; end(): void }>();
    underWay.set(source, all);
    const name = `${ConsumerARN} ${ShardId}`;
    const before = all.get(name);
    if (before && context.clock.elapsedMs() - before.sinceMs < LOCKED_MS)
      throw inUse(`Another active subscription exists for this consumer: ${ConsumerARN}`);
    before?.end();
    const { events, end } = pushed({ source, shard, after }, context, () => {
      if (all.get(name)?.end === end) all.delete(name);
    });
    all.set(name, { sinceMs: context.clock.elapsedMs(), end });
    signal.addEventListener('abort', end, { once: true });
    return { EventStream: events };
  },
});

function pushed(
  { source, shard, after }: { source: DataStream; shard: Shard; after: string },
  { streams, clock }: KinesisContext,
  onEnd: () => void,
): { events: PassThrough; end(): void } {
  const events = new PassThrough();
  let place = after;
  let isBusy = false;
  let isEnded = false;

  /** Writes all that is there, as fast as the consumer takes it. */
  async function push(isFirst = false): Promise<void> {
    if (isBusy || isEnded) return;
    isBusy = true;
    let isToldEmpty = isFirst;
    while (!isEnded) {
      const { records, isAtEnd } = recordsAfter(shard, place, {
        maximum: MAX_RECORDS,
        maximumBytes: MAX_BYTES,
      });
      const isOver = isAtEnd && shard.closed !== undefined;
      if (records.length === 0 && !isToldEmpty && !isOver) break;
      isToldEmpty = false;
      const last = records.at(-1);
      place = last?.sequenceNumber ?? place;
      const behindMs = isAtEnd || !last ? 0 : Math.max(0, Math.floor(clock.now() - last.arrivedAtMs));
      const told: Written<typeof EVENT> = {
        Records: records.map(({ sequenceNumber, arrivedAtMs, data, partitionKey }) => ({
          SequenceNumber: sequenceNumber,
          ApproximateArrivalTimestamp: arrivedAtMs,
          Data: data,
          PartitionKey: partitionKey,
        })),
        MillisBehindLatest: behindMs,
        // A shard that is over has no place to go on from, but others.
        ...(isOver
          ? { ChildShards: childrenOf(shard.shardId, source) }
          : { ContinuationSequenceNumber: place === '' ? shard.firstSequenceNumber : place }),
      };
      const payload = Buffer.from(JSON.stringify(wireValues(EVENT_SHAPE, told, JSON_FORMS)));
      await writePart(events, eventFrame({ type: 'SubscribeToShardEvent', contentType: JSON_TYPE, payload }));
      if (isOver) end();
    }
    isBusy = false;
  }

  function end(): void {
    if (isEnded) return;
    isEnded = true;
    changes.stop();
    timer.cancel();
    events.end();
    onEnd();
  }

  const changes = streams.onChanges(source.model.arn, () => void push());
  const timer = clock.after(LASTS_MS, end);
  events.once('close', end);
  events.write(eventFrame({ type: 'initial-response', contentType: JSON_TYPE, payload: Buffer.from('{}') }));
  void push(true);
  return { events, end };
}

function startIn(
  source: DataStream,
  shard: Shard,
  {
    Type: type,
    SequenceNumber: number,
    Timestamp: atMs,
  }: {
    Type: string;
    SequenceNumber?: string;
    Timestamp?: number;
  },
): string {
  if (type === 'TRIM_HORIZON' || type === 'LATEST') return placeIn(source, shard, type);
  if (type === 'AT_TIMESTAMP') {
    if (atMs === undefined)
      throw invalidArgument('Must specify timestamp parameter for starting position of type AT_TIMESTAMP.');
    return placeIn(source, shard, { atMs });
  }
  if (number === undefined)
    throw invalidArgument(`Must specify sequence number for starting position of type ${type}.`);
  return type === 'AFTER_SEQUENCE_NUMBER' ? number : beforeNumber(number);
}
