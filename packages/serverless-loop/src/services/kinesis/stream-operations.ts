import { formatArn } from '../../aws/arn.ts';
import { boolean, integer, list, required, structure, text, timestamp } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { onStream, operation } from './context.ts';
import { describeShard, describeStream } from './describe.ts';
import { inUse, invalidArgument } from './kinesis-errors.ts';
import { MIN_RETENTION_HOURS } from './retention-operations.ts';
import { LIMIT, MODE, NEXT_TOKEN, SHARD, SHARD_ID, STREAM, STREAM_NAME, TAGS } from './shapes.ts';

/** Of a page without a limit (Kinesis API reference, "DescribeStream" and "ListStreams"). */
const SHARDS_OF_PAGE = 100;
const STREAMS_OF_PAGE = 100;

const DESCRIPTION = {
  StreamName: STREAM_NAME,
  StreamARN: text(),
  StreamStatus: text(),
  StreamModeDetails: MODE,
  RetentionPeriodHours: integer(),
  StreamCreationTimestamp: timestamp(),
  EnhancedMonitoring: list(structure({ ShardLevelMetrics: list(text()) })),
  EncryptionType: text(),
} as const;

/** The operations on streams as a whole (Kinesis API reference). A stream that is made or changed is so at once. */
export const STREAM_OPERATIONS = {
  CreateStream: operation({
    input: {
      StreamName: required(STREAM_NAME),
      ShardCount: integer({ min: 1 }),
      StreamModeDetails: MODE,
      Tags: TAGS,
    },
    needs: onStream,
    handle({ StreamName: name, ShardCount, StreamModeDetails, Tags = {} }, { streams, place }) {
      // LocalStack's record, test_kinesis.snapshot.json, test_create_stream_without_shard_count: four shards.
      const mode = StreamModeDetails?.StreamMode ?? (ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
      if (mode === 'PROVISIONED' && ShardCount === undefined)
        throw invalidArgument('ShardCount must be provided for a stream in PROVISIONED mode.');
      streams.create({
        logicalId: name,
        name,
        arn: formatArn(place, 'kinesis', `stream/${name}`),
        mode,
        shardCount: ShardCount ?? 1,
        retentionHours: MIN_RETENTION_HOURS,
        tags: Tags,
      });
      return {};
    },
  }),

  DescribeStream: operation({
    input: { ...STREAM, Limit: LIMIT, ExclusiveStartShardId: SHARD_ID },
    output: {
      StreamDescription: structure({ ...DESCRIPTION, Shards: list(SHARD), HasMoreShards: boolean() }),
    },
    needs: onStream,
    handle({ Limit = SHARDS_OF_PAGE, ExclusiveStartShardId: after = '', ...reference }, { streams }) {
      const stream = streams.of(reference);
      const following = stream.shards().filter(({ shardId }) => shardId > after);
      return {
        StreamDescription: {
          ...describeStream(stream),
          Shards: following.slice(0, Limit).map(describeShard),
          HasMoreShards: following.length > Limit,
        },
      };
    },
  }),

  DescribeStreamSummary: operation({
    input: STREAM,
    output: {
      StreamDescriptionSummary: structure({
        ...DESCRIPTION,
        OpenShardCount: integer(),
        ConsumerCount: integer(),
      }),
    },
    needs: onStream,
    handle(reference, { streams }) {
      const stream = streams.of(reference);
      return {
        StreamDescriptionSummary: {
          ...describeStream(stream),
          OpenShardCount: stream.openShards().length,
          ConsumerCount: stream.consumers.size,
        },
      };
    },
  }),

  ListStreams: operation({
    input: { Limit: LIMIT, ExclusiveStartStreamName: STREAM_NAME, NextToken: NEXT_TOKEN },
    output: {
      StreamNames: list(STREAM_NAME),
      HasMoreStreams: boolean(),
      NextToken: NEXT_TOKEN,
      StreamSummaries: list(
        structure({
          StreamName: STREAM_NAME,
          StreamARN: text(),
          StreamStatus: text(),
          StreamModeDetails: MODE,
          StreamCreationTimestamp: timestamp(),
        }),
      ),
    },
    needs: () => ['*'],
    handle({ Limit = STREAMS_OF_PAGE, ExclusiveStartStreamName: after = '', NextToken }, { streams }) {
      const all = streams.list().filter(({ model }) => model.name > after);
      const { items, nextToken } = pageOf(all, {
        list: 'ListStreams',
        limit: Limit,
        token: NextToken,
        keyOf: ({ model }) => model.name,
        refusal: () => invalidArgument('The NextToken is not valid.'),
      });
      return {
        StreamNames: items.map(({ model }) => model.name),
        HasMoreStreams: nextToken !== undefined,
        NextToken: nextToken,
        StreamSummaries: items.map((stream) => {
          const { StreamName, StreamARN, StreamStatus, StreamModeDetails, StreamCreationTimestamp } =
            describeStream(stream);
          return { StreamName, StreamARN, StreamStatus, StreamModeDetails, StreamCreationTimestamp };
        }),
      };
    },
  }),

  DeleteStream: operation({
    input: { ...STREAM, EnforceConsumerDeletion: boolean() },
    needs: onStream,
    handle({ EnforceConsumerDeletion = false, ...reference }, { streams, place }) {
      const { model, consumers } = streams.of(reference);
      // "If … unset … and the stream has registered consumers, the call fails" (Kinesis API reference, "DeleteStream").
      if (consumers.size > 0 && !EnforceConsumerDeletion)
        throw inUse(
          `Stream ${model.name} under account ${place.accountId} has enhanced fan-out consumers. Deregister them, or set EnforceConsumerDeletion to true.`,
        );
      streams.delete(model.name);
      return {};
    },
  }),

  DescribeLimits: operation({
    input: {},
    output: {
      ShardLimit: integer(),
      OpenShardCount: integer(),
      OnDemandStreamCount: integer(),
      OnDemandStreamCountLimit: integer(),
    },
    needs: () => ['*'],
    // The default quotas of most Regions (Kinesis guide, "Quotas and limits").
    handle: (_, { streams }) => ({
      ShardLimit: 500,
      OpenShardCount: streams.list().reduce((sum, stream) => sum + stream.openShards().length, 0),
      OnDemandStreamCount: streams.list().filter(({ model }) => model.mode === 'ON_DEMAND').length,
      OnDemandStreamCountLimit: 50,
    }),
  }),
};
