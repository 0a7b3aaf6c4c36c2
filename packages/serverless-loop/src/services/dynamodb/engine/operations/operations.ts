import { batchGetItem } from '../items/batch-get.ts';
import { batchWriteItem } from '../items/batch-write.ts';
import { getItem } from '../items/get-item.ts';
import { deleteItem, putItem, updateItem } from '../items/write-item.ts';
import { batchExecuteStatement } from '../partiql/batch-execute-statement.ts';
import { executeStatement } from '../partiql/execute-statement.ts';
import { executeTransaction } from '../partiql/execute-transaction.ts';
import { query } from '../queries/query.ts';
import { scan } from '../queries/scan.ts';
import { describeStream, getRecords, getShardIterator, listStreams } from '../streams/stream-operations.ts';
import {
  describeContributorInsights,
  describeKinesisStreamingDestination,
  getResourcePolicy,
} from '../tables/absent-settings.ts';
import {
  describeContinuousBackups,
  describeEndpoints,
  describeLimits,
  updateContinuousBackups,
} from '../tables/account-operations.ts';
import { createTable } from '../tables/create-table.ts';
import { deleteTable, describeTableOperation, listTables } from '../tables/manage-tables.ts';
import { listTagsOfResource, tagResource, untagResource } from '../tables/tag-operations.ts';
import { updateTable } from '../tables/update-table.ts';
import { transactGetItems } from '../transactions/transact-get.ts';
import { transactWriteItems } from '../transactions/transact-write.ts';
import { describeTimeToLive, updateTimeToLive } from '../ttl/ttl-operations.ts';

/** The operations of `DynamoDB_20120810`. */
export const OPERATIONS = {
  BatchExecuteStatement: batchExecuteStatement,
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DeleteTable: deleteTable,
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeContributorInsights: describeContributorInsights,
  DescribeEndpoints: describeEndpoints,
  DescribeKinesisStreamingDestination: describeKinesisStreamingDestination,
  DescribeLimits: describeLimits,
  DescribeTable: describeTableOperation,
  DescribeTimeToLive: describeTimeToLive,
  ExecuteStatement: executeStatement,
  ExecuteTransaction: executeTransaction,
  GetItem: getItem,
  GetResourcePolicy: getResourcePolicy,
  ListTables: listTables,
  ListTagsOfResource: listTagsOfResource,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  TagResource: tagResource,
  TransactGetItems: transactGetItems,
  TransactWriteItems: transactWriteItems,
  UntagResource: untagResource,
  UpdateContinuousBackups: updateContinuousBackups,
  UpdateItem: updateItem,
  UpdateTable: updateTable,
  UpdateTimeToLive: updateTimeToLive,
};

/** The operations of `DynamoDBStreams_20120810`. */
export const STREAM_OPERATIONS = {
  DescribeStream: describeStream,
  GetRecords: getRecords,
  GetShardIterator: getShardIterator,
  ListStreams: listStreams,
};
