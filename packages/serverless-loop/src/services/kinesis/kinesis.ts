import { randomUUID } from 'node:crypto';
import type { Place } from '../../aws/arn.ts';
import type { Receiver, RoleSender } from '../../aws/delivery.ts';
import { isObject } from '../../aws/json-object.ts';
import { once } from '../../aws/once.ts';
import type { LazyJsonService, Need } from '../../aws/operation.ts';
import { parsedJson } from '../../aws/parsed-json.ts';
import { jsonService } from '../../aws/service.ts';
import type { StreamPort } from '../../aws/stream-port.ts';
import type { Clock } from '../../clock.ts';
import type { DataStreamModel } from '../../template/model.ts';
import { DataStreams, nameInArn } from './data-streams.ts';
import { hashKeyOf } from './hash-keys.ts';
import { noSuchStream } from './kinesis-errors.ts';
import { polledDataStreams } from './polled-streams.ts';

export interface KinesisOptions {
  place: Place;
  streams: readonly DataStreamModel[];
  /** The day: records are dated and expire by it. */
  clock: Clock;
  /** Throws AwsError unless the role's own policies let it send. */
  authorizeRole(role: RoleSender, need: Need): void;
}

export interface Kinesis extends Receiver {
  service: LazyJsonService;
  /** For Lambda, which reads streams for functions. */
  polled: StreamPort;
  /** For stacks that come, change and go while the loop runs. */
  streams: {
    has(name: string): boolean;
    runs(arn: string): boolean;
    add(model: DataStreamModel): void;
    /** Gives a stream other settings and keeps its records. */
    change(model: DataStreamModel): void;
    remove(model: DataStreamModel): void;
  };
  /** Forgets the records of every stream. */
  clear(): void;
}

/** Amazon Kinesis Data Streams, in memory. */
export function startKinesis({ place, streams: models, clock, authorizeRole }: KinesisOptions): Kinesis {
  const streams = new DataStreams({ models, clock, place });
  return {
    service: {
      title: 'Kinesis',
      targetPrefix: 'Kinesis_20131202',
      streamed: ['SubscribeToShard'],
      signingName: 'kinesis',
      load: once(async () => {
        const { KINESIS } = await import('./service.ts');
        return jsonService(KINESIS, { streams, place, clock });
      }),
    },
    receive(streamArn, { body, bytes, groupId, traceHeader }, sender) {
      if ('role' in sender) authorizeRole(sender, { action: 'kinesis:PutRecord', resource: streamArn });
      const stream = streams.findByArn(streamArn);
      if (!stream) throw noSuchStream(nameInArn(streamArn) ?? streamArn, place.accountId);
      const partitionKey = groupId ?? eventIdIn(body) ?? randomUUID();
      stream.put(hashKeyOf(partitionKey, undefined), partitionKey, bytes ?? Buffer.from(body), traceHeader);
    },
    polled: polledDataStreams(streams),
    streams: {
      has: (name) => streams.find(name) !== undefined,
      runs: (arn) => streams.findByArn(arn) !== undefined,
      add: (model) => void streams.create(model),
      change: (model) => change(streams, model),
      remove: ({ name }) => streams.delete(name),
    },
    clear() {
      for (const stream of streams.list()) stream.clear();
    },
  };
}

/** "The default is to use the eventId as the partition key" (EventBridge API reference, "KinesisParameters"). */
function eventIdIn(body: string): string | undefined {
  const event = parsedJson(body);
  return isObject(event) && typeof event.id === 'string' ? event.id : undefined;
}

function change(streams: DataStreams, model: DataStreamModel): void {
  const stream = streams.find(model.name);
  if (!stream) return;
  const before = stream.model;
  stream.model = model;
  for (const { arn } of before.consumers ?? []) stream.consumers.delete(arn);
  stream.register(model.consumers ?? []);
  stream.tags.clear();
  for (const [key, value] of Object.entries(model.tags)) stream.tags.set(key, value);
  if (model.mode === 'PROVISIONED' && model.shardCount !== before.shardCount)
    stream.scaleTo(model.shardCount);
}
