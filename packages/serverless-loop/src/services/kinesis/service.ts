import type { ServiceDescription } from '../../aws/service.ts';
import { CONSUMER_OPERATIONS } from './consumer-operations.ts';
import type { KinesisContext } from './context.ts';
import { KINESIS_DIALECT } from './kinesis-errors.ts';
import { RECORD_OPERATIONS } from './record-operations.ts';
import { SHARD_OPERATIONS } from './shard-operations.ts';
import { STREAM_OPERATIONS } from './stream-operations.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';

/** Amazon Kinesis Data Streams (Kinesis API reference). */
export const KINESIS: ServiceDescription<KinesisContext> = {
  title: 'Kinesis',
  signingName: 'kinesis',
  dialect: KINESIS_DIALECT,
  json: { targetPrefix: 'Kinesis_20131202', jsonVersion: '1.1', isEmptyWithoutOutput: true },
  operations: {
    ...STREAM_OPERATIONS,
    ...RECORD_OPERATIONS,
    ...SHARD_OPERATIONS,
    ...TAG_OPERATIONS,
    ...CONSUMER_OPERATIONS,
  },
};
