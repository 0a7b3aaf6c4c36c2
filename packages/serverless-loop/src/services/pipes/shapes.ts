import { frameworkDialect } from '../../aws/dialect.ts';
import {
  document,
  integer,
  list,
  map,
  oneOf,
  required,
  structure,
  text,
  timestamp,
} from '../../aws/members.ts';

/** Members that several operations have (EventBridge Pipes API reference), with the limits of the API's model. */

export const PIPES_DIALECT = frameworkDialect();

export const NAME = { min: 1, max: 64, pattern: String.raw`[\.\-_A-Za-z0-9]+` } as const;

const ARN = text({
  min: 1,
  max: 1_600,
  pattern: String.raw`arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-]+):([a-z]{2,4}((-gov)|(-de)|(-iso([a-z]?)))?-[a-z]+(-\d{1})?)?:(\d{12})?:(.+)`,
});

export const PIPE_ARN = text({
  min: 1,
  max: 1_600,
  pattern: String.raw`arn:aws([a-z]|-)*:([a-zA-Z0-9\-]+):([a-z]|\d|-)*:([0-9]{12})?:(.+)`,
  at: 'path',
});

export const DESIRED_STATE = oneOf(['RUNNING', 'STOPPED']);

export const CURRENT_STATE = oneOf([
  'RUNNING',
  'STOPPED',
  'CREATING',
  'UPDATING',
  'DELETING',
  'STARTING',
  'STOPPING',
  'CREATE_FAILED',
  'UPDATE_FAILED',
  'START_FAILED',
  'STOP_FAILED',
  'DELETE_FAILED',
  'CREATE_ROLLBACK_FAILED',
  'DELETE_ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_FAILED',
]);

const WINDOW = integer({ min: 0, max: 300 });
const BATCH_SIZE = integer({ min: 1, max: 10_000 });

const STREAM = {
  BatchSize: BATCH_SIZE,
  DeadLetterConfig: structure({ Arn: ARN }),
  OnPartialBatchItemFailure: oneOf(['AUTOMATIC_BISECT']),
  MaximumBatchingWindowInSeconds: WINDOW,
  MaximumRecordAgeInSeconds: integer({ min: -1, max: 604_800 }),
  MaximumRetryAttempts: integer({ min: -1, max: 10_000 }),
  ParallelizationFactor: integer({ min: 1, max: 10 }),
} as const;

const FILTERS = structure({
  Filters: list(structure({ Pattern: text({ min: 0, max: 4_096 }) }), { min: 0, max: 5 }),
});

const QUEUE = structure({ BatchSize: BATCH_SIZE, MaximumBatchingWindowInSeconds: WINDOW });

/** Of sources that nothing here is: kept and shown. */
const OTHER_SOURCES = {
  ActiveMQBrokerParameters: document(),
  RabbitMQBrokerParameters: document(),
  ManagedStreamingKafkaParameters: document(),
  SelfManagedKafkaParameters: document(),
} as const;

export const SOURCE_PARAMETERS = {
  FilterCriteria: FILTERS,
  KinesisStreamParameters: structure({
    ...STREAM,
    StartingPosition: required(oneOf(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'])),
    StartingPositionTimestamp: timestamp(),
  }),
  DynamoDBStreamParameters: structure({
    ...STREAM,
    StartingPosition: required(oneOf(['TRIM_HORIZON', 'LATEST'])),
  }),
  SqsQueueParameters: QUEUE,
  ...OTHER_SOURCES,
} as const;

/** Settings of a source that may be changed: not where it began. */
export const CHANGED_SOURCE = {
  FilterCriteria: FILTERS,
  KinesisStreamParameters: structure(STREAM),
  DynamoDBStreamParameters: structure(STREAM),
  SqsQueueParameters: QUEUE,
  ...OTHER_SOURCES,
} as const;

const TEMPLATE = text({ min: 0, max: 8_192 });

const HTTP_PARAMETERS = structure({
  PathParameterValues: list(text()),
  HeaderParameters: map(text({ min: 0, max: 512 })),
  QueryStringParameters: map(text({ min: 0, max: 512 })),
});

const INVOCATION = structure({ InvocationType: oneOf(['REQUEST_RESPONSE', 'FIRE_AND_FORGET']) });

export const ENRICHMENT_PARAMETERS = { InputTemplate: TEMPLATE, HttpParameters: HTTP_PARAMETERS } as const;

export const TARGET_PARAMETERS = {
  InputTemplate: TEMPLATE,
  LambdaFunctionParameters: INVOCATION,
  StepFunctionStateMachineParameters: INVOCATION,
  KinesisStreamParameters: structure({ PartitionKey: required(text({ min: 0, max: 256 })) }),
  SqsQueueParameters: structure({
    MessageGroupId: text({ min: 0, max: 100 }),
    MessageDeduplicationId: text({ min: 0, max: 100 }),
  }),
  HttpParameters: HTTP_PARAMETERS,
  EventBridgeEventBusParameters: structure({
    EndpointId: text({ min: 1, max: 50 }),
    DetailType: text({ min: 1, max: 128 }),
    Source: text({ min: 1, max: 256 }),
    Resources: list(text({ min: 1, max: 1_600 }), { min: 0, max: 10 }),
    Time: text({ min: 1, max: 256 }),
  }),
  CloudWatchLogsParameters: structure({
    LogStreamName: text({ min: 1, max: 256 }),
    Timestamp: text({ min: 1, max: 256 }),
  }),
  EcsTaskParameters: document(),
  BatchJobParameters: document(),
  RedshiftDataParameters: document(),
  SageMakerPipelineParameters: document(),
  TimestreamParameters: document(),
} as const;

/** Settings of a pipe that may be changed. */
export const SETTINGS = {
  Description: text({ min: 0, max: 512, pattern: '.*' }),
  DesiredState: DESIRED_STATE,
  Enrichment: text({ min: 0, max: 1_600 }),
  EnrichmentParameters: structure(ENRICHMENT_PARAMETERS),
  TargetParameters: structure(TARGET_PARAMETERS),
  RoleArn: required(
    text({
      min: 1,
      max: 1_600,
      pattern: String.raw`arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z0-9+=,.@\-_/]+`,
    }),
  ),
  LogConfiguration: document(),
  KmsKeyIdentifier: text({ min: 0, max: 2_048, pattern: String.raw`[a-zA-Z0-9_\-/:]*` }),
} as const;

export const SOURCE = text({ min: 1, max: 1_600 });

export const TARGET = ARN;

export const TAGS = map(text({ min: 0, max: 256 }), { min: 1, max: 50 });

/** Of every answer about one pipe. */
export const PIPE = {
  Arn: text(),
  Name: text(),
  DesiredState: text(),
  CurrentState: text(),
  CreationTime: timestamp(),
  LastModifiedTime: timestamp(),
} as const;
