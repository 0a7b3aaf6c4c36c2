import type { ServiceDescription } from '../../aws/service.ts';
import { CONSUMER_OPERATIONS } from './consumer-operations.ts';
import type { KinesisContext } from './context.ts';
import { KINESIS_DIALECT } from './kinesis-errors.ts';
import { LIST_SHARDS } from './list-shards.ts';
import { PUT_OPERATIONS } from './put-operations.ts';
import { READ_OPERATIONS } from './read-operations.ts';
import { RETENTION_OPERATIONS } from './retention-operations.ts';
import { SHARD_OPERATIONS } from './shard-operations.ts';
import { STREAM_OPERATIONS } from './stream-operations.ts';
import { SUBSCRIBE_TO_SHARD } from './subscribe-to-shard.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';

/** Amazon Kinesis Data Streams (Kinesis API reference). */
export const KINESIS: ServiceDescription<KinesisContext> = {
  title: 'Kinesis',
  signingName: 'kinesis',
  dialect: KINESIS_DIALECT,
  json: { targetPrefix: 'Kinesis_20131202', jsonVersion: '1.1', isEmptyWithoutOutput: true },
  operations: {
    ...STREAM_OPERATIONS,
    ...RETENTION_OPERATIONS,
    ...PUT_OPERATIONS,
    ...READ_OPERATIONS,
    ListShards: LIST_SHARDS,
    ...SHARD_OPERATIONS,
    ...TAG_OPERATIONS,
    ...CONSUMER_OPERATIONS,
    SubscribeToShard: SUBSCRIBE_TO_SHARD,
  },
};
