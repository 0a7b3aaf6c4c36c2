import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  TagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import type { Difference } from './differences.ts';
import { verdictOf, wordsOf } from './outcome.ts';
import { clientFor, createTable, keySchema, type Subject } from './subject.ts';

const UNKNOWN = 'UnknownOperationException';

const newTable = () => ({
  TableName: `contract-${randomUUID()}`,
  BillingMode: 'PAY_PER_REQUEST' as const,
  KeySchema: keySchema(['id']),
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
});

async function describeTable({ client }: Subject, TableName: string) {
  return (await client.send(new DescribeTableCommand({ TableName }))).Table;
}

export const TABLE_DIFFERENCES: Difference[] = [
  {
    fact: 'the status in the answer to CreateTable',
    async observe({ client }) {
      return (await client.send(new CreateTableCommand(newTable()))).TableDescription?.TableStatus;
    },
    embedded: 'CREATING',
    'DynamoDB Local': 'ACTIVE',
  },
  {
    fact: 'the Region in the ARN of a table',
    async observe(subject) {
      const table = await describeTable(subject, await createTable(subject, { id: 'S' }));
      return table?.TableArn?.split(':')[3];
    },
    embedded: 'eu-west-1',
    'DynamoDB Local': 'ddblocal',
  },
  {
    fact: 'the members of the description of a table',
    async observe(subject) {
      const table = await describeTable(subject, await createTable(subject, { id: 'S' }));
      return ['TableId', 'TableThroughputModeSummary'].filter((name) => Object.hasOwn(table ?? {}, name));
    },
    embedded: ['TableId'],
    'DynamoDB Local': [],
  },
  {
    fact: 'provisioned throughput for a table that is paid by request',
    observe({ client }) {
      const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
      return verdictOf(client.send(new CreateTableCommand({ ...newTable(), ProvisionedThroughput })));
    },
    embedded: 'ValidationException',
    'DynamoDB Local': 'done',
  },
  {
    fact: 'a table whose name is that of another in capital letters',
    async observe(subject) {
      const TableName = (await createTable(subject, { id: 'S' })).toUpperCase();
      return verdictOf(subject.client.send(new CreateTableCommand({ ...newTable(), TableName })));
    },
    embedded: 'done',
    'DynamoDB Local': 'InternalFailure',
  },
  {
    fact: 'tags',
    async observe(subject) {
      const table = await describeTable(subject, await createTable(subject, { id: 'S' }));
      const Tags = [{ Key: 'owner', Value: 'depot' }];
      return verdictOf(subject.client.send(new TagResourceCommand({ ResourceArn: table?.TableArn, Tags })));
    },
    embedded: 'done',
    'DynamoDB Local': UNKNOWN,
  },
  {
    fact: 'point-in-time recovery',
    observe: ({ client }) =>
      verdictOf(client.send(new DescribeContinuousBackupsCommand({ TableName: 'contract-any' }))),
    embedded: 'TableNotFoundException',
    'DynamoDB Local': UNKNOWN,
  },
  {
    fact: 'an access key id with other characters than letters and digits',
    async observe({ endpoint }) {
      const client = clientFor(endpoint, 'key-with-dashes');
      const verdict = await verdictOf(client.send(new ListTablesCommand({})));
      client.destroy();
      return verdict;
    },
    embedded: 'done',
    'DynamoDB Local': 'UnrecognizedClientException',
    forwarded: 'done',
  },
  {
    fact: 'the words for a table that is not there',
    observe: ({ client }) =>
      wordsOf(client.send(new DescribeTableCommand({ TableName: 'contract-missing' }))),
    embedded: 'Requested resource not found: Table: contract-missing not found',
    'DynamoDB Local': 'Cannot do operations on a non-existent table',
  },
  {
    fact: 'the words for a table that is there already',
    async observe({ client }) {
      const create = new CreateTableCommand({ ...newTable(), TableName: 'contract-twice' });
      await verdictOf(client.send(create));
      return wordsOf(client.send(create));
    },
    embedded: 'Table already exists: contract-twice',
    'DynamoDB Local': 'Cannot create preexisting table',
  },
];
