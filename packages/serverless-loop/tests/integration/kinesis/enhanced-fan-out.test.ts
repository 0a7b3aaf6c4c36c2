import {
  CreateStreamCommand,
  DescribeStreamCommand,
  type KinesisClient,
  MergeShardsCommand,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  type StartingPosition,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { kinesisClient, refusalOf } from './running-kinesis.ts';

let loop: RunningLoop;
let kinesis: KinesisClient;
const ShardId = 'shardId-000000000000';

beforeAll(async () => {
  const folder = projectFolder(
    { 'template.yaml': 'Resources: { Box: { Type: AWS::Kinesis::Stream } }' },
    afterAll,
  );
  loop = await startLoop({ template: `${folder}/template.yaml`, clock: { day: 'manual' } });
  kinesis = kinesisClient(loop);
  return async () => {
    kinesis.destroy();
    await loop.stop();
  };
});

/** A stream with a consumer, and what puts there and subscribes. */
async function consumed(StreamName: string, ShardCount = 1) {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
  const { Consumer } = await kinesis.send(
    new RegisterStreamConsumerCommand({ StreamARN: StreamDescription?.StreamARN, ConsumerName: 'fast' }),
  );
  const put = (data: string) =>
    kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from(data), PartitionKey: 'k' }));
  const subscribe = async (position: StartingPosition = { Type: 'TRIM_HORIZON' }) => {
    const { EventStream } = await kinesis.send(
      new SubscribeToShardCommand({
        ConsumerARN: Consumer?.ConsumerARN,
        ShardId,
        StartingPosition: position,
      }),
    );
    if (!EventStream) throw new Error('There are no events.');
    const events = EventStream[Symbol.asyncIterator]();
    return async (): Promise<SubscribeToShardEvent | undefined> =>
      (await events.next()).value?.SubscribeToShardEvent;
  };
  return { put, subscribe };
}

const textsOf = (event: SubscribeToShardEvent | undefined) =>
  event?.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString());

/** Kinesis API reference, "SubscribeToShard"; by the SDK's own client, which speaks HTTP/2. */
describe('a consumer with enhanced fan-out', () => {
  test('is sent the records of a shard that are there, and each that comes', async () => {
    const { put, subscribe } = await consumed('pushed');
    await put('one');
    await put('two');
    const next = await subscribe();
    const first = await next();
    expect(textsOf(first)).toEqual(['one', 'two']);
    expect(first?.MillisBehindLatest).toBe(0);
    expect(first?.ContinuationSequenceNumber).toBe(first?.Records?.at(-1)?.SequenceNumber);
    await put('three');
    expect(textsOf(await next())).toEqual(['three']);
  });

  test('goes on after a number, and only one of its subscriptions goes on', async () => {
    const { put, subscribe } = await consumed('again');
    const { SequenceNumber } = await put('one');
    await put('two');
    const older = await subscribe({ Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber });
    expect(textsOf(await older())).toEqual(['two']);
    // "within 5 seconds of a successful call, you'll get a ResourceInUseException"
    expect(await refusalOf(subscribe())).toContain('ResourceInUseException');
    await loop.clock.advance(5_000);
    const newer = await subscribe();
    expect(textsOf(await newer())).toEqual(['one', 'two']);
    expect(await older()).toBeUndefined();
  });

  test('is told the children of a shard that is over, and then no more', async () => {
    const { put, subscribe } = await consumed('merged', 2);
    await kinesis.send(
      new MergeShardsCommand({
        StreamName: 'merged',
        ShardToMerge: ShardId,
        AdjacentShardToMerge: 'shardId-000000000001',
      }),
    );
    await put('in the child');
    const next = await subscribe();
    const last = await next();
    expect(last?.ContinuationSequenceNumber).toBeUndefined();
    expect(last?.ChildShards?.map(({ ShardId: id }) => id)).toEqual(['shardId-000000000002']);
    expect(await next()).toBeUndefined();
  });

  test('that is not registered is refused', async () => {
    const call = kinesis.send(
      new SubscribeToShardCommand({
        ConsumerARN: `arn:aws:kinesis:${loop.region}:000000000000:stream/none/consumer/no:1`,
        ShardId,
        StartingPosition: { Type: 'LATEST' },
      }),
    );
    expect(await refusalOf(call)).toContain('ResourceNotFoundException');
  });
});
