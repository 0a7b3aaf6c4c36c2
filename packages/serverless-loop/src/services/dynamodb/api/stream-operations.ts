import { integer, list, oneOf, required, structure, text, timestamp } from '../../../aws/members.ts';
import { doneByContext } from './context.ts';
import { onNothing, onStream } from './needs.ts';
import { ITEM, KEY_SCHEMA, LIMIT, TABLE_NAME, VIEW_TYPE } from './shapes.ts';

const STREAM_ARN = text({ min: 37, max: 1024 });
const SHARD_ID = text({ min: 28, max: 65 });
const SHARD_ITERATOR = text({ min: 1, max: 2048 });
const SEQUENCE_NUMBER = text({ min: 21, max: 40 });

const RECORD = structure({
  eventID: text(),
  eventName: oneOf(['INSERT', 'MODIFY', 'REMOVE']),
  eventVersion: text(),
  eventSource: text(),
  awsRegion: text(),
  dynamodb: structure({
    ApproximateCreationDateTime: timestamp(),
    Keys: ITEM,
    NewImage: ITEM,
    OldImage: ITEM,
    SequenceNumber: SEQUENCE_NUMBER,
    SizeBytes: integer(),
    StreamViewType: VIEW_TYPE,
  }),
  userIdentity: structure({ PrincipalId: text(), Type: text() }),
});

export const STREAM_OPERATIONS = doneByContext({
  DescribeStream: {
    input: {
      StreamArn: required(STREAM_ARN),
      Limit: LIMIT,
      ExclusiveStartShardId: SHARD_ID,
      ShardFilter: structure({ Type: oneOf(['CHILD_SHARDS']), ShardId: SHARD_ID }),
    },
    output: {
      StreamDescription: structure({
        StreamArn: STREAM_ARN,
        StreamLabel: text(),
        StreamStatus: text(),
        StreamViewType: VIEW_TYPE,
        CreationRequestDateTime: timestamp(),
        TableName: TABLE_NAME,
        KeySchema: KEY_SCHEMA,
        Shards: list(
          structure({
            ShardId: SHARD_ID,
            SequenceNumberRange: structure({
              StartingSequenceNumber: SEQUENCE_NUMBER,
              EndingSequenceNumber: SEQUENCE_NUMBER,
            }),
          }),
        ),
      }),
    },
    needs: onStream('DescribeStream'),
  },
  GetRecords: {
    input: { ShardIterator: required(SHARD_ITERATOR), Limit: LIMIT },
    output: { Records: list(RECORD), NextShardIterator: SHARD_ITERATOR },
    needs: onStream('GetRecords'),
  },
  GetShardIterator: {
    input: {
      StreamArn: required(STREAM_ARN),
      ShardId: required(SHARD_ID),
      ShardIteratorType: required(
        oneOf(['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'AT_TIMESTAMP']),
      ),
      SequenceNumber: SEQUENCE_NUMBER,
      Timestamp: timestamp(),
    },
    output: { ShardIterator: SHARD_ITERATOR },
    needs: onStream('GetShardIterator'),
  },
  ListStreams: {
    input: { TableName: TABLE_NAME, Limit: LIMIT, ExclusiveStartStreamArn: STREAM_ARN },
    output: {
      Streams: list(structure({ StreamArn: STREAM_ARN, TableName: TABLE_NAME, StreamLabel: text() })),
      LastEvaluatedStreamArn: STREAM_ARN,
    },
    needs: onNothing('ListStreams'),
  },
});
