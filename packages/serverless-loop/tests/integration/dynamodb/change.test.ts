import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { startEmbeddedDynamoDb } from '../../../src/services/dynamodb/embedded.ts';
import { steadyStreamArn } from '../../../src/services/dynamodb/stream-label.ts';
import { clientFor } from './contract/subject.ts';
import { boxesTable, place, serve } from './running-dynamodb.ts';

async function running() {
  const dynamodb = await startEmbeddedDynamoDb({ place, tables: [], report: () => undefined });
  const server = await serve(dynamodb, () => undefined);
  onTestFinished(() => server.stop());
  return { tables: dynamodb.tables, client: clientFor(server.endpoint) };
}

const item = { depot: { S: 'north' }, number: { N: '7' } };

test('a table that comes later holds items, keeps them through a change, and goes with them', async () => {
  const { tables, client } = await running();
  const before = boxesTable();
  await tables.add(before);
  expect(await tables.has('boxes')).toBe(true);
  await client.send(new PutItemCommand({ TableName: 'boxes', Item: item }));

  const after = boxesTable({
    timeToLiveAttribute: 'expiresAt',
    createTable: { ...before.createTable, DeletionProtectionEnabled: true },
  });
  await tables.change(after, before);

  expect((await client.send(new ScanCommand({ TableName: 'boxes' }))).Items).toEqual([item]);
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'boxes' }));
  expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
  await expect(tables.remove(after)).rejects.toThrow('protected against deletion');

  await tables.change(before, after);
  await tables.remove(before);
  expect(await tables.has('boxes')).toBe(false);
  await expect(client.send(new DescribeTableCommand({ TableName: 'boxes' }))).rejects.toThrow('not found');
});

test('a name that is taken is refused', async () => {
  const { tables } = await running();
  await tables.add(boxesTable());
  await expect(tables.add(boxesTable())).rejects.toThrow('boxes');
});

const index = (IndexName: string, key = 'number') => ({
  IndexName,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
});

/** The table with these indexes. */
function indexed(...indexes: ReturnType<typeof index>[]) {
  const { createTable } = boxesTable();
  return boxesTable({ createTable: { ...createTable, GlobalSecondaryIndexes: indexes } });
}

test('an index comes to a table that has items, and goes', async () => {
  const { tables, client } = await running();
  await tables.add(boxesTable());
  await client.send(new PutItemCommand({ TableName: 'boxes', Item: item }));
  const scan = new ScanCommand({ TableName: 'boxes', IndexName: 'byNumber' });
  await tables.change(indexed(index('byNumber')), boxesTable());
  expect((await client.send(scan)).Items).toEqual([item]);
  await tables.change(boxesTable(), indexed(index('byNumber')));
  await expect(client.send(scan)).rejects.toThrow('does not have the specified index');
});

test('two indexes do not come at once, and none becomes another', async () => {
  const { tables } = await running();
  await tables.add(indexed(index('byNumber')));
  const two = indexed(index('byNumber'), index('second'), index('third'));
  await expect(tables.change(two, indexed(index('byNumber')))).rejects.toThrow('more than one GSI');
  const other = indexed(index('byNumber', 'depot'));
  await expect(tables.change(other, indexed(index('byNumber')))).rejects.toThrow('different name');
});

test("a table's stream, class and tags come and go with the template, the stream under its one ARN", async () => {
  const { tables, client } = await running();
  const plain = boxesTable();
  const withMore = (StreamViewType: string, ...Tags: { Key: string; Value: string }[]) =>
    boxesTable({
      createTable: {
        ...plain.createTable,
        TableClass: 'STANDARD_INFREQUENT_ACCESS',
        StreamSpecification: { StreamEnabled: true, StreamViewType },
        Tags,
      },
    });
  const facts = async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'boxes' }));
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: plain.arn }));
    const { StreamSpecification, TableClassSummary, LatestStreamArn } = Table ?? {};
    return [StreamSpecification?.StreamViewType, TableClassSummary?.TableClass, LatestStreamArn, Tags];
  };
  const [a, b, c] = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
    { Key: 'b', Value: '3' },
  ];
  const arn = steadyStreamArn(plain.arn);
  const first = withMore('KEYS_ONLY', a, b);
  await tables.add(first);
  expect(await facts()).toEqual(['KEYS_ONLY', 'STANDARD_INFREQUENT_ACCESS', arn, [a, b]]);
  const second = withMore('NEW_IMAGE', c);
  await tables.change(second, first);
  expect(await facts()).toEqual(['NEW_IMAGE', 'STANDARD_INFREQUENT_ACCESS', arn, [c]]);
  await tables.change(plain, second);
  expect(await facts()).toEqual([undefined, 'STANDARD', arn, []]);
});
