import { frameworkDialect } from '../../aws/dialect.ts';
import { document, integer, list, oneOf, required, structure, text, timestamp } from '../../aws/members.ts';

/** Its words for what breaks a description. */
export const EVENTS_DIALECT = frameworkDialect();

/** Members that several operations have (EventBridge API reference, "Data Types"), with the limits of the API's model. */

const EVENT_BUS_ARN = String.raw`arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/`;

export const EVENT_BUS = text({ min: 1, max: 1_600, pattern: `(${EVENT_BUS_ARN})?[/\\.\\-_A-Za-z0-9]+` });

/** Partners' buses, whose names have slashes, take no entries. */
const OWN_EVENT_BUS = text({ min: 1, max: 1_600, pattern: `(${EVENT_BUS_ARN})?[\\.\\-_A-Za-z0-9]+` });

export const RULE_NAME = text({ min: 1, max: 64, pattern: String.raw`[\.\-_A-Za-z0-9]+` });

export const RULE_STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'] as const;

export const BUS_NAME_PREFIX = text({ min: 1, max: 256, pattern: String.raw`[/\.\-_A-Za-z0-9]+` });

export const MAX_LISTED = 100;

export const PAGED = {
  NextToken: text({ min: 1, max: 2_048 }),
  Limit: integer({ min: 1, max: MAX_LISTED }),
} as const;

export const NEXT = { NextToken: text() } as const;

/** Kept and shown, and without effect: nothing is encrypted here, and a bus logs nothing of its own. */
export const BUS_SETTINGS = {
  KmsKeyIdentifier: text({ max: 2_048, pattern: String.raw`[a-zA-Z0-9_\-/:]*` }),
  DeadLetterConfig: structure({ Arn: text({ min: 1, max: 1_600 }) }),
  LogConfig: structure({
    IncludeDetail: oneOf(['NONE', 'FULL']),
    Level: oneOf(['OFF', 'ERROR', 'INFO', 'TRACE']),
  }),
} as const;

export const BUS = {
  Name: text(),
  Arn: text(),
  Description: text(),
  Policy: text(),
  CreationTime: timestamp(),
  LastModifiedTime: timestamp(),
} as const;

export const RULE = {
  Name: text(),
  Arn: text(),
  Description: text(),
  EventPattern: text(),
  RoleArn: text(),
  ScheduleExpression: text(),
  State: text(),
  EventBusName: text(),
} as const;

const TAG_KEY = text({ min: 1, max: 128 });

export const TAG_KEYS = list(TAG_KEY);

export const TAGS = list(structure({ Key: required(TAG_KEY), Value: required(text({ min: 0, max: 256 })) }));

export const OWN_BUS_NAME = text({ min: 1, max: 256, pattern: String.raw`[/\.\-_A-Za-z0-9]+` });

export const ROLE_ARN = text({ min: 1, max: 1_600 });

export const TARGET_ID = text({ min: 1, max: 64, pattern: String.raw`[\.\-_A-Za-z0-9]+` });

/** Parameters of targets, kept as they are given; but for a queue's group nothing here looks at them. */
export const MORE_OF_TARGET = {
  AppSyncParameters: document(),
  BatchParameters: document(),
  EcsParameters: document(),
  HttpParameters: document(),
  KinesisParameters: document(),
  RedshiftDataParameters: document(),
  RunCommandParameters: document(),
  SageMakerPipelineParameters: document(),
  SqsParameters: document(),
} as const;

/** An entry of PutEvents. What else is wrong with one fails it alone. */
export const ENTRY = {
  Time: timestamp(),
  Source: text(),
  Resources: list(text({ max: 2_048 })),
  DetailType: text(),
  Detail: text(),
  EventBusName: OWN_EVENT_BUS,
  TraceHeader: text({ min: 1, max: 500 }),
} as const;

export const ENTRIES = list(structure(ENTRY), { min: 1, max: 10 });

export const ENTRY_RESULT = structure({ EventId: text(), ErrorCode: text(), ErrorMessage: text() });
