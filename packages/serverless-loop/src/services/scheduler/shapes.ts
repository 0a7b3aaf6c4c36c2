import {
  boolean,
  integer,
  list,
  map,
  oneOf,
  required,
  structure,
  text,
  timestamp,
} from '../../aws/members.ts';

/** Members that several operations have (EventBridge Scheduler API reference), with the limits of the API's model. */

const NAME_PATTERN = '[0-9a-zA-Z-_.]+';
const ARN = 'arn:aws(-[a-z]+)?';

export const STATES = ['ENABLED', 'DISABLED'] as const;

export const NAME = { min: 1, max: 64, pattern: NAME_PATTERN };

export const CLIENT_TOKEN = { min: 1, max: 64, pattern: '[a-zA-Z0-9-_]+' };

const ROLE_ARN = String.raw`${ARN}:iam::\d{12}:role\/[\w+=,.@\/-]+`;

const QUEUE_ARN = String.raw`${ARN}:sqs:[a-z0-9\-]+:\d{12}:[a-zA-Z0-9\-_]+`;

const EVENT_SOURCE = String.raw`(?=[/\.\-_A-Za-z0-9]+)((?!aws\.).*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)`;

const MAX_RETRIES = 185;

const EVENT_AGE_SECONDS = { min: 60, max: 86_400 };

export const MAX_LISTED = 100;

export const PAGED = {
  NextToken: text({ min: 1, max: 2_048, at: 'query' }),
  MaxResults: integer({ min: 1, max: MAX_LISTED, at: 'query' }),
} as const;

export const TAGS = list(
  structure({ Key: required(text({ min: 1, max: 128 })), Value: required(text({ min: 1, max: 256 })) }),
  { min: 0, max: 200 },
);

export const GROUP_ARN = text({
  min: 1,
  max: 1_011,
  pattern: String.raw`${ARN}:scheduler:[a-z0-9\-]+:\d{12}:schedule-group\/${NAME_PATTERN}`,
  at: 'path',
});

const FLEXIBLE_TIME_WINDOW = structure({
  Mode: required(oneOf(['OFF', 'FLEXIBLE'])),
  MaximumWindowInMinutes: integer({ min: 1, max: 1_440 }),
});

const ECS_PARAMETERS = structure({
  TaskDefinitionArn: required(text({ min: 1, max: 1_600 })),
  TaskCount: integer({ min: 1, max: 10 }),
  LaunchType: oneOf(['EC2', 'FARGATE', 'EXTERNAL']),
  NetworkConfiguration: structure({
    awsvpcConfiguration: structure({
      Subnets: required(list(text({ min: 1, max: 1_000 }), { min: 1, max: 16 })),
      SecurityGroups: list(text({ min: 1, max: 1_000 }), { min: 1, max: 5 }),
      AssignPublicIp: oneOf(['ENABLED', 'DISABLED']),
    }),
  }),
  PlatformVersion: text({ min: 1, max: 64 }),
  Group: text({ min: 1, max: 255 }),
  CapacityProviderStrategy: list(
    structure({
      capacityProvider: required(text({ min: 1, max: 255 })),
      weight: integer({ min: 0, max: 1_000 }),
      base: integer({ min: 0, max: 100_000 }),
    }),
    { min: 0, max: 6 },
  ),
  EnableECSManagedTags: boolean(),
  EnableExecuteCommand: boolean(),
  PlacementConstraints: list(
    structure({ type: oneOf(['distinctInstance', 'memberOf']), expression: text({ min: 0, max: 2_000 }) }),
    { min: 0, max: 10 },
  ),
  PlacementStrategy: list(
    structure({ type: oneOf(['random', 'spread', 'binpack']), field: text({ min: 0, max: 255 }) }),
    { min: 0, max: 5 },
  ),
  PropagateTags: oneOf(['TASK_DEFINITION']),
  ReferenceId: text({ min: 0, max: 1_024 }),
  Tags: list(map(text({ min: 1, max: 256 }), { key: text({ min: 1, max: 128 }) }), { min: 0, max: 50 }),
});

const TARGET = structure({
  Arn: required(text({ min: 1, max: 1_600 })),
  RoleArn: required(text({ min: 1, max: 1_600, pattern: ROLE_ARN })),
  DeadLetterConfig: structure({ Arn: text({ min: 1, max: 1_600, pattern: QUEUE_ARN }) }),
  RetryPolicy: structure({
    MaximumEventAgeInSeconds: integer(EVENT_AGE_SECONDS),
    MaximumRetryAttempts: integer({ min: 0, max: MAX_RETRIES }),
  }),
  Input: text({ min: 1 }),
  EcsParameters: ECS_PARAMETERS,
  EventBridgeParameters: structure({
    DetailType: required(text({ min: 1, max: 128 })),
    Source: required(text({ min: 1, max: 256, pattern: EVENT_SOURCE })),
  }),
  KinesisParameters: structure({ PartitionKey: required(text({ min: 1, max: 256 })) }),
  SageMakerPipelineParameters: structure({
    PipelineParameterList: list(
      structure({
        Name: required(text({ min: 1, max: 256, pattern: String.raw`[A-Za-z0-9\-_]*` })),
        Value: required(text({ min: 1, max: 1_024 })),
      }),
      { min: 0, max: 200 },
    ),
  }),
  SqsParameters: structure({ MessageGroupId: text({ min: 1, max: 128 }) }),
});

const EXPRESSION = text({ min: 1, max: 256 });

const SETTINGS = {
  GroupName: text(NAME),
  StartDate: timestamp(),
  EndDate: timestamp(),
  Description: text({ min: 0, max: 512 }),
  ScheduleExpressionTimezone: text({ min: 1, max: 50 }),
  State: oneOf(STATES),
  KmsKeyArn: text({
    min: 1,
    max: 2_048,
    pattern: String.raw`${ARN}:kms:[a-z0-9\-]+:\d{12}:(key|alias)\/[0-9a-zA-Z-_]*`,
  }),
  ActionAfterCompletion: oneOf(['NONE', 'DELETE']),
} as const;

/** Of a schedule that is made or changed. */
export const GIVEN_SCHEDULE = {
  Name: required(text({ ...NAME, at: 'path' })),
  ...SETTINGS,
  ScheduleExpression: required(EXPRESSION),
  Target: required(TARGET),
  FlexibleTimeWindow: required(FLEXIBLE_TIME_WINDOW),
  ClientToken: text(CLIENT_TOKEN),
} as const;

export const NAMED_SCHEDULE = {
  Name: required(text({ ...NAME, at: 'path' })),
  GroupName: text({ ...NAME, at: 'query', name: 'groupName' }),
} as const;

export const SCHEDULE = {
  Arn: text(),
  Name: text(),
  ...SETTINGS,
  ScheduleExpression: EXPRESSION,
  Target: TARGET,
  FlexibleTimeWindow: FLEXIBLE_TIME_WINDOW,
  CreationDate: timestamp(),
  LastModificationDate: timestamp(),
} as const;

export const SCHEDULE_SUMMARY = structure({
  Arn: text(),
  Name: text(),
  GroupName: text(),
  State: text(),
  CreationDate: timestamp(),
  LastModificationDate: timestamp(),
  Target: structure({ Arn: text() }),
});

export const GROUP = {
  Arn: text(),
  Name: text(),
  State: text(),
  CreationDate: timestamp(),
  LastModificationDate: timestamp(),
} as const;
