import { textIn } from '../contract.ts';
import { active, arn, code, REGION, type TerraformResource, waitWhile } from './resource.ts';

export const STORES: readonly TerraformResource[] = [
  {
    kind: 'aws_dynamodb_table',
    async create(call) {
      const TableName = 'tf-table';
      await call('dynamodb', 'CreateTable', {
        ...{ TableName, BillingMode: 'PAY_PER_REQUEST', TableClass: 'STANDARD' },
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: [{ Key: 'team', Value: 'one' }],
      });
      await active(call, TableName);
      const TimeToLiveSpecification = { AttributeName: 'until', Enabled: true };
      await call('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
      const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
      await call('dynamodb', 'UpdateContinuousBackups', { TableName, PointInTimeRecoverySpecification });
      return { TableName, ResourceArn: arn('dynamodb', `table/${TableName}`) };
    },
    async read(call, { TableName, ResourceArn }) {
      await call('dynamodb', 'DescribeTable', { TableName });
      await call('dynamodb', 'DescribeContinuousBackups', { TableName });
      await call('dynamodb', 'DescribeTimeToLive', { TableName });
      await call('dynamodb', 'ListTagsOfResource', { ResourceArn });
      await call('dynamodb', 'DescribeKinesisStreamingDestination', { TableName });
      await call('dynamodb', 'DescribeContributorInsights', { TableName });
    },
    async update(call, { TableName }) {
      await call('dynamodb', 'UpdateTable', {
        ...{ TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } },
      });
      await active(call, TableName);
    },
    remove: async (call, { TableName }) => {
      await call('dynamodb', 'DeleteTable', { TableName });
      await waitWhile(async () => {
        const { TableNames } = await call('dynamodb', 'ListTables', {});
        return Object(TableNames).includes(TableName);
      });
    },
    gone: ({ TableName }) => ['dynamodb', 'DescribeTable', { TableName }, 'ResourceNotFoundException'],
  },
  {
    kind: 'aws_s3_bucket, with its versioning, public access block, notification and the rest',
    async create(call) {
      const of = { Bucket: 'tf-bucket' };
      await call('s3', 'CreateBucket', {
        ...of,
        CreateBucketConfiguration: { LocationConstraint: REGION, Tags: [{ Key: 'team', Value: 'one' }] },
      });
      await call('s3', 'HeadBucket', of);
      await call('s3', 'PutBucketVersioning', { ...of, VersioningConfiguration: { Status: 'Enabled' } });
      await call('s3', 'PutPublicAccessBlock', {
        ...of,
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
      });
      await call('s3', 'PutBucketOwnershipControls', {
        ...of,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      await call('s3', 'PutBucketNotificationConfiguration', {
        ...of,
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      });
      return of;
    },
    async read(call, of) {
      for (const what of [
        ...['BucketAcl', 'BucketVersioning', 'BucketAccelerateConfiguration', 'BucketRequestPayment'],
        ...['BucketLogging', 'BucketEncryption', 'BucketTagging', 'BucketLocation', 'PublicAccessBlock'],
        ...['BucketOwnershipControls', 'BucketNotificationConfiguration'],
      ])
        await call('s3', `Get${what}`, of);
    },
    unset: (of) => [
      ['s3', 'GetBucketPolicy', of, 'NoSuchBucketPolicy'],
      ['s3', 'GetBucketCors', of, 'NoSuchCORSConfiguration'],
      ['s3', 'GetBucketWebsite', of, 'NoSuchWebsiteConfiguration'],
      ['s3', 'GetBucketLifecycleConfiguration', of, 'NoSuchLifecycleConfiguration'],
      ['s3', 'GetBucketReplication', of, 'ReplicationConfigurationNotFoundError'],
      ['s3', 'GetObjectLockConfiguration', of, 'ObjectLockConfigurationNotFoundError'],
    ],
    async update(call, of) {
      await call('s3', 'PutBucketTagging', { ...of, Tagging: { TagSet: [{ Key: 'team', Value: 'two' }] } });
      await call('s3', 'PutBucketEncryption', {
        ...of,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      });
    },
    async remove(call, of) {
      await call('s3', 'DeletePublicAccessBlock', of);
      await call('s3', 'DeleteBucketOwnershipControls', of);
      await call('s3', 'PutBucketNotificationConfiguration', { ...of, NotificationConfiguration: {} });
      await call('s3', 'DeleteBucket', of);
    },
    gone: (of) => ['s3', 'HeadBucket', of, '404'],
  },
  {
    kind: 'aws_kinesis_stream, with aws_lambda_event_source_mapping',
    async create(call) {
      const StreamName = 'tf-stream';
      await call('kinesis', 'CreateStream', {
        ...{ StreamName, ShardCount: 1, StreamModeDetails: { StreamMode: 'PROVISIONED' } },
        Tags: { team: 'one' },
      });
      await waitWhile(async () => {
        const { StreamDescriptionSummary } = await call('kinesis', 'DescribeStreamSummary', { StreamName });
        return textIn(StreamDescriptionSummary, 'StreamStatus') !== 'ACTIVE';
      });
      await call('lambda', 'CreateFunction', code('tf-reads'));
      const { UUID } = await call('lambda', 'CreateEventSourceMapping', {
        ...{ FunctionName: 'tf-reads', EventSourceArn: arn('kinesis', `stream/${StreamName}`) },
        ...{ StartingPosition: 'LATEST', Enabled: false },
      });
      return { StreamName, UUID };
    },
    async read(call, { StreamName, UUID }) {
      await call('kinesis', 'DescribeStreamSummary', { StreamName });
      await call('kinesis', 'ListTagsForResource', { ResourceARN: arn('kinesis', `stream/${StreamName}`) });
      await call('lambda', 'GetEventSourceMapping', { UUID });
    },
    async update(call, { StreamName, UUID }) {
      await call('kinesis', 'IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 });
      await call('lambda', 'UpdateEventSourceMapping', { UUID, BatchSize: 5 });
    },
    async remove(call, { StreamName, UUID }) {
      await call('lambda', 'DeleteEventSourceMapping', { UUID });
      await call('lambda', 'DeleteFunction', { FunctionName: 'tf-reads' });
      await call('kinesis', 'DeleteStream', { StreamName, EnforceConsumerDeletion: false });
      await waitWhile(async () => {
        const { StreamNames } = await call('kinesis', 'ListStreams', {});
        return Object(StreamNames).includes(StreamName);
      });
    },
    gone: ({ StreamName }) => [
      ...(['kinesis', 'DescribeStreamSummary'] as const),
      { StreamName },
      'ResourceNotFoundException',
    ],
  },
];
