import { boolean, integer, list, required, structure, text, timestamp } from '../../../aws/members.ts';
import { doneByContext } from './context.ts';
import { onAllTables, onNothing, onResource, onTable } from './needs.ts';
import { KEY_SCHEMA, NAME_PATTERN, TABLE_NAME } from './shapes.ts';
import {
  ATTRIBUTE_DEFINITIONS,
  GLOBAL_INDEX,
  GLOBAL_INDEX_UPDATES,
  LOCAL_INDEX,
  TABLE_DESCRIPTION,
  TABLE_SETTINGS,
  TAGS,
} from './table-shapes.ts';

const OF_TABLE = { TableName: required(TABLE_NAME) } as const;
const OF_RESOURCE = { ResourceArn: required(text({ min: 1, max: 1283 })) } as const;
const LISTED_NAME = text({ min: 3, max: 255, pattern: NAME_PATTERN });
const ATTRIBUTE_NAME = text({ min: 1, max: 255 });
const UNITS = integer({ min: 1 });

const TIME_TO_LIVE = structure({ Enabled: required(boolean()), AttributeName: required(ATTRIBUTE_NAME) });
const RECOVERY_PERIOD = { RecoveryPeriodInDays: integer({ min: 1, max: 35 }) } as const;
const BACKUPS = {
  ContinuousBackupsDescription: structure({
    ContinuousBackupsStatus: text(),
    PointInTimeRecoveryDescription: structure({
      ...RECOVERY_PERIOD,
      PointInTimeRecoveryStatus: text(),
      EarliestRestorableDateTime: timestamp(),
      LatestRestorableDateTime: timestamp(),
    }),
  }),
} as const;

/** Tables, and what goes with them. */
export const TABLE_OPERATIONS = doneByContext({
  CreateTable: {
    input: {
      ...OF_TABLE,
      ...TABLE_SETTINGS,
      AttributeDefinitions: ATTRIBUTE_DEFINITIONS,
      KeySchema: KEY_SCHEMA,
      LocalSecondaryIndexes: list(structure(LOCAL_INDEX)),
      GlobalSecondaryIndexes: list(structure(GLOBAL_INDEX)),
      Tags: TAGS,
    },
    output: { TableDescription: TABLE_DESCRIPTION },
    needs: onTable('CreateTable'),
  },
  DeleteTable: {
    input: OF_TABLE,
    output: { TableDescription: TABLE_DESCRIPTION },
    needs: onTable('DeleteTable'),
  },
  DescribeContinuousBackups: {
    input: OF_TABLE,
    output: BACKUPS,
    needs: onTable('DescribeContinuousBackups'),
  },
  DescribeContributorInsights: {
    input: { ...OF_TABLE, IndexName: LISTED_NAME },
    output: { TableName: TABLE_NAME, IndexName: LISTED_NAME, ContributorInsightsStatus: text() },
    needs: onTable('DescribeContributorInsights'),
  },
  DescribeEndpoints: {
    input: {},
    output: { Endpoints: list(structure({ Address: text(), CachePeriodInMinutes: integer() })) },
    needs: onNothing('DescribeEndpoints'),
  },
  DescribeKinesisStreamingDestination: {
    input: OF_TABLE,
    output: {
      TableName: TABLE_NAME,
      KinesisDataStreamDestinations: list(structure({ StreamArn: text(), DestinationStatus: text() })),
    },
    needs: onTable('DescribeKinesisStreamingDestination'),
  },
  DescribeLimits: {
    input: {},
    output: {
      AccountMaxReadCapacityUnits: UNITS,
      AccountMaxWriteCapacityUnits: UNITS,
      TableMaxReadCapacityUnits: UNITS,
      TableMaxWriteCapacityUnits: UNITS,
    },
    needs: onNothing('DescribeLimits'),
  },
  DescribeTable: { input: OF_TABLE, output: { Table: TABLE_DESCRIPTION }, needs: onTable('DescribeTable') },
  DescribeTimeToLive: {
    input: OF_TABLE,
    output: { TimeToLiveDescription: structure({ TimeToLiveStatus: text(), AttributeName: ATTRIBUTE_NAME }) },
    needs: onTable('DescribeTimeToLive'),
  },
  GetResourcePolicy: {
    input: OF_RESOURCE,
    output: { Policy: text(), RevisionId: text() },
    needs: onResource('GetResourcePolicy'),
  },
  ListTables: {
    input: { ExclusiveStartTableName: LISTED_NAME, Limit: integer({ min: 1, max: 100 }) },
    output: { TableNames: list(LISTED_NAME), LastEvaluatedTableName: LISTED_NAME },
    needs: onAllTables('ListTables'),
  },
  ListTagsOfResource: {
    input: { ...OF_RESOURCE, NextToken: text() },
    output: { Tags: TAGS, NextToken: text() },
    needs: onResource('ListTagsOfResource'),
  },
  TagResource: { input: { ...OF_RESOURCE, Tags: required(TAGS) }, needs: onResource('TagResource') },
  UntagResource: {
    input: { ...OF_RESOURCE, TagKeys: required(list(text({ min: 1, max: 128 }))) },
    needs: onResource('UntagResource'),
  },
  UpdateContinuousBackups: {
    input: {
      ...OF_TABLE,
      PointInTimeRecoverySpecification: required(
        structure({ ...RECOVERY_PERIOD, PointInTimeRecoveryEnabled: required(boolean()) }),
      ),
    },
    output: BACKUPS,
    needs: onTable('UpdateContinuousBackups'),
  },
  UpdateTable: {
    input: {
      ...OF_TABLE,
      ...TABLE_SETTINGS,
      AttributeDefinitions: ATTRIBUTE_DEFINITIONS,
      GlobalSecondaryIndexUpdates: GLOBAL_INDEX_UPDATES,
    },
    output: { TableDescription: TABLE_DESCRIPTION },
    needs: onTable('UpdateTable'),
  },
  UpdateTimeToLive: {
    input: { ...OF_TABLE, TimeToLiveSpecification: required(TIME_TO_LIVE) },
    output: { TimeToLiveSpecification: TIME_TO_LIVE },
    needs: onTable('UpdateTimeToLive'),
  },
});
