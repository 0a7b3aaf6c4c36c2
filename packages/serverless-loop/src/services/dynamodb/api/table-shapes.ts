import { boolean, integer, list, oneOf, required, structure, text, timestamp } from '../../../aws/members.ts';
import { INDEX_NAME, KEY_SCHEMA, TABLE_NAME, VIEW_TYPE } from './shapes.ts';

export const ATTRIBUTE_DEFINITIONS = list(
  structure({
    AttributeName: required(text({ min: 1, max: 255 })),
    AttributeType: required(oneOf(['S', 'N', 'B'])),
  }),
);
const PROJECTION = structure({
  ProjectionType: oneOf(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: list(text({ min: 1, max: 255 }), { min: 1, max: 20 }),
});
const UNITS = { ReadUnitsPerSecond: integer({ min: 1 }), WriteUnitsPerSecond: integer({ min: 1 }) } as const;

/** Of a table and of a global index. */
export const THROUGHPUT = {
  ProvisionedThroughput: structure({
    ReadCapacityUnits: required(integer({ min: 1 })),
    WriteCapacityUnits: required(integer({ min: 1 })),
  }),
  OnDemandThroughput: structure({ MaxReadRequestUnits: integer(), MaxWriteRequestUnits: integer() }),
  WarmThroughput: structure(UNITS),
} as const;
const THROUGHPUT_NOW = {
  ...THROUGHPUT,
  ProvisionedThroughput: structure({
    NumberOfDecreasesToday: integer(),
    ReadCapacityUnits: integer({ min: 0 }),
    WriteCapacityUnits: integer({ min: 0 }),
  }),
  WarmThroughput: structure({ ...UNITS, Status: text() }),
} as const;

export const LOCAL_INDEX = {
  IndexName: required(INDEX_NAME),
  KeySchema: required(KEY_SCHEMA),
  Projection: required(PROJECTION),
} as const;
export const GLOBAL_INDEX = { ...LOCAL_INDEX, ...THROUGHPUT } as const;
export const GLOBAL_INDEX_UPDATES = list(
  structure({
    Create: structure(GLOBAL_INDEX),
    Update: structure({ IndexName: required(INDEX_NAME), ...THROUGHPUT }),
    Delete: structure({ IndexName: required(INDEX_NAME) }),
  }),
);

/** Settings that a table is given when it is made, or later. */
export const TABLE_SETTINGS = {
  ...THROUGHPUT,
  BillingMode: oneOf(['PROVISIONED', 'PAY_PER_REQUEST']),
  StreamSpecification: structure({ StreamEnabled: required(boolean()), StreamViewType: VIEW_TYPE }),
  SSESpecification: structure({
    Enabled: boolean(),
    SSEType: oneOf(['AES256', 'KMS']),
    KMSMasterKeyId: text(),
  }),
  TableClass: oneOf(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']),
  DeletionProtectionEnabled: boolean(),
} as const;

export const TAGS = list(structure({ Key: required(text()), Value: required(text()) }));

const INDEX_NOW = {
  IndexName: INDEX_NAME,
  KeySchema: KEY_SCHEMA,
  Projection: PROJECTION,
  IndexSizeBytes: integer(),
  ItemCount: integer(),
  IndexArn: text(),
} as const;

export const TABLE_DESCRIPTION = structure({
  ...THROUGHPUT_NOW,
  AttributeDefinitions: ATTRIBUTE_DEFINITIONS,
  TableName: TABLE_NAME,
  KeySchema: KEY_SCHEMA,
  TableStatus: text(),
  CreationDateTime: timestamp(),
  TableSizeBytes: integer(),
  ItemCount: integer(),
  TableArn: text(),
  TableId: text(),
  BillingModeSummary: structure({
    BillingMode: text(),
    LastUpdateToPayPerRequestDateTime: timestamp(),
  }),
  LocalSecondaryIndexes: list(structure(INDEX_NOW)),
  GlobalSecondaryIndexes: list(
    structure({ ...INDEX_NOW, ...THROUGHPUT_NOW, IndexStatus: text(), Backfilling: boolean() }),
  ),
  StreamSpecification: TABLE_SETTINGS.StreamSpecification,
  LatestStreamLabel: text(),
  LatestStreamArn: text(),
  SSEDescription: structure({ Status: text(), SSEType: text(), KMSMasterKeyArn: text() }),
  TableClassSummary: structure({ TableClass: text(), LastUpdateDateTime: timestamp() }),
  DeletionProtectionEnabled: boolean(),
});
