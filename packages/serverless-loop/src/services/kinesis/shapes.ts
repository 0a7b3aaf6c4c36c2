import { blob, integer, list, map, oneOf, required, structure, text, timestamp } from '../../aws/members.ts';

/** Members that several operations have (Kinesis API reference, "Data Types"). */

export const STREAM_NAME = text({ min: 1, max: 128, pattern: '[a-zA-Z0-9_.-]+' });
export const STREAM_ARN = text({
  min: 1,
  max: 2048,
  pattern: String.raw`arn:aws.*:kinesis:.*:\d{12}:stream/\S+`,
});
export const STREAM = { StreamName: STREAM_NAME, StreamARN: STREAM_ARN } as const;
export const SHARD_ID = text({ min: 1, max: 128, pattern: '[a-zA-Z0-9_.-]+' });
export const HASH_KEY = text({ pattern: String.raw`0|([1-9]\d{0,38})` });
export const SEQUENCE_NUMBER = text({ pattern: String.raw`0|([1-9]\d{0,128})` });
export const NEXT_TOKEN = text({ min: 1, max: 1_048_576 });
export const TAGS = map(text({ min: 0, max: 256 }), { key: text({ min: 1, max: 128 }), min: 1, max: 200 });
export const TAG_KEYS = list(text({ min: 1, max: 128 }), { min: 1, max: 50 });
export const TAG_LIST = list(structure({ Key: required(text({ min: 1, max: 128 })), Value: text() }));
export const MODE = structure({ StreamMode: required(oneOf(['PROVISIONED', 'ON_DEMAND'])) });
export const PARTITION_KEY = text({ min: 1, max: 256 });
/** "Up to 1 MB" (Kinesis API reference, "PutRecord"). */
export const DATA = blob({ min: 0, max: 1_048_576 });

export const RECORD = structure({
  SequenceNumber: SEQUENCE_NUMBER,
  ApproximateArrivalTimestamp: timestamp(),
  Data: DATA,
  PartitionKey: PARTITION_KEY,
});

export const HASH_KEY_RANGE = structure({ StartingHashKey: HASH_KEY, EndingHashKey: HASH_KEY });

export const SHARD = structure({
  ShardId: SHARD_ID,
  ParentShardId: SHARD_ID,
  AdjacentParentShardId: SHARD_ID,
  HashKeyRange: HASH_KEY_RANGE,
  SequenceNumberRange: structure({
    StartingSequenceNumber: SEQUENCE_NUMBER,
    EndingSequenceNumber: SEQUENCE_NUMBER,
  }),
});

export const CONSUMER = {
  ConsumerName: text(),
  ConsumerARN: text(),
  ConsumerStatus: text(),
  ConsumerCreationTimestamp: timestamp(),
} as const;

export const LIMIT = integer({ min: 1, max: 10_000 });
