import { DynamoDbError } from '../dynamodb-error.ts';
import type { Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import { readTableName } from './table-name.ts';
import { readArn, taggedTable } from './tag-operations.ts';

// Tools ask these of every table: what no table has here is answered as AWS answers for a table without it.

/** LocalStack's record, test_dynamodb.snapshot.json, test_dynamodb_describe_contributor_insights. */
export const describeContributorInsights: Operation = ({ tables }, input) => {
  const { tableName, indexName } = readRequest(input, (members) => ({
    tableName: readTableName(members),
    indexName: members.text('IndexName'),
  }));
  return {
    TableName: tables.known(tableName).settings.name,
    ...(indexName !== undefined && { IndexName: indexName }),
    ContributorInsightsStatus: 'DISABLED',
  };
};

/** DynamoDB API reference, "DescribeKinesisStreamingDestination". */
export const describeKinesisStreamingDestination: Operation = ({ tables }, input) => {
  const tableName = readRequest(input, (members) => readTableName(members));
  return { TableName: tables.known(tableName).settings.name, KinesisDataStreamDestinations: [] };
};

/** moto's tests/test_dynamodb/test_dynamodb_resource_policy.py, verified on AWS. */
export const getResourcePolicy: Operation = (parts, input) => {
  const arn = readRequest(input, readArn);
  taggedTable(parts, arn);
  throw new DynamoDbError(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${arn}`,
  );
};
