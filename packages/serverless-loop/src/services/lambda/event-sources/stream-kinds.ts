import { parseArn } from '../../../aws/arn.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import type { StreamRecord } from '../../../aws/stream-port.ts';
import { timeText } from '../../../aws/time-text.ts';

/** Facts about a record that only its reader knows. */
export interface RecordPlace {
  sourceArn: string;
  shardId: string;
  region: string;
  roleArn: string;
}

/** A service's streams as functions see them. */
export interface StreamKind {
  /** The record in an event. */
  eventRecord(record: StreamRecord, place: RecordPlace): JsonObject;
  /** The record as filters see it. */
  filtered(eventRecord: JsonObject): JsonObject;
  /** The member of a discarded batch's record that tells where the batch was. */
  batchInfo: 'DDBStreamBatchInfo' | 'KinesisBatchInfo';
  /** A record's time as that member tells it. */
  timeText(epochMs: number): string;
}

/** Rights that the function's role needs on a stream (Lambda guide, "Using Lambda with Amazon DynamoDB" and "… Kinesis"). */
export const STREAM_ACTIONS = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'] as const;

const KINDS: Readonly<Record<string, StreamKind>> = {
  dynamodb: {
    // Members and their order: LocalStack's record, test_lambda_integration_dynamodbstreams.snapshot.json.
    eventRecord: ({ content: { userIdentity, ...content } }, { sourceArn }) => ({
      ...content,
      ...(isObject(userIdentity) && {
        // Lambda's members begin with small letters (DynamoDB guide, "DynamoDB Streams and Time to Live").
        userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type },
      }),
      eventSourceARN: sourceArn,
    }),
    filtered: (eventRecord) => eventRecord,
    batchInfo: 'DDBStreamBatchInfo',
    // The same record: in whole seconds, as streams tell the time.
    timeText,
  },
  kinesis: {
    // LocalStack's record, test_lambda_integration_kinesis.snapshot.json, test_kinesis_event_source_trim_horizon.
    eventRecord: ({ sequenceNumber, content }, { sourceArn, shardId, region, roleArn }) => ({
      kinesis: content,
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: roleArn,
      awsRegion: region,
      eventSourceARN: sourceArn,
    }),
    // A pattern's `data` looks into the data themselves (Lambda guide, "Using event filtering with a Kinesis event source").
    filtered({ kinesis, ...others }) {
      const content = isObject(kinesis) ? kinesis : {};
      return { ...others, ...content, data: decoded(content.data) };
    },
    batchInfo: 'KinesisBatchInfo',
    timeText: (epochMs) => new Date(epochMs).toISOString(),
  },
};

/** The kind of a stream by its ARN; undefined for what is no stream. */
export function streamKindOf(sourceArn: string): StreamKind | undefined {
  return KINDS[streamServiceOf(sourceArn)];
}

/** The service of a stream, as its actions begin with it, too. */
export function streamServiceOf(sourceArn: string): string {
  return parseArn(sourceArn)?.service ?? '';
}

function decoded(data: unknown): unknown {
  const text = Buffer.from(String(data), 'base64').toString();
  const value = parsedJson(text);
  return isObject(value) ? value : text;
}
