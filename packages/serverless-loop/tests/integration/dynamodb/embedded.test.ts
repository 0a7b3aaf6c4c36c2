import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { startEmbeddedDynamoDb } from '../../../src/services/dynamodb/embedded.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { called } from '../../operation-calls.ts';
import { boxesTable, embeddedUnderTest, place } from './running-dynamodb.ts';

const TableName = 'boxes';
const TableArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes';
const keyOf = (number: number) => ({ depot: { S: 'A' }, number: { N: String(number) } });

describe("the template's tables", () => {
  test('are ACTIVE from the start, with the ARN of the place', async () => {
    const { client } = await embeddedUnderTest();
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableArn,
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
  });

  test('have the time to live that the template gives them', async () => {
    const { client } = await embeddedUnderTest([boxesTable({ timeToLiveAttribute: 'expires' })]);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
  });

  test('are not deleted when the template protects them', async () => {
    const { createTable } = boxesTable();
    const protectedTable = boxesTable({ createTable: { ...createTable, DeletionProtectionEnabled: true } });
    const { client } = await embeddedUnderTest([protectedTable]);
    await expect(client.send(new DeleteTableCommand({ TableName }))).rejects.toThrow(
      'protected against deletion',
    );
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await client.send(new DeleteTableCommand({ TableName }));
  });

  test('that DynamoDB would refuse are named with their line', async () => {
    const bad = boxesTable({ createTable: { TableName, KeySchema: [] } });
    const started = startEmbeddedDynamoDb({ place, tables: [bad], report: () => undefined });
    await expect(started).rejects.toMatchObject({
      name: 'TableNotCreatedError',
      logicalId: 'Boxes',
      line: 12,
      message: expect.stringContaining('Table boxes (Boxes, line 12 of the template)'),
    });
  });
});

describe('tables that a folder keeps', () => {
  const startIn = (dataDir: string, table = boxesTable()) =>
    startEmbeddedDynamoDb({ place, tables: [table], report: () => undefined, dataDir });

  test('are there again, and so after a start that was refused', async () => {
    const dataDir = projectFolder({});
    const first = await startIn(dataDir);
    await first.stop();
    const { createTable } = boxesTable();
    const otherKey = boxesTable({
      createTable: { ...createTable, KeySchema: [{ AttributeName: 'depot', KeyType: 'HASH' }] },
    });
    await expect(startIn(dataDir, otherKey)).rejects.toMatchObject({
      name: 'TableMismatchError',
      message:
        "Table boxes exists with the key depot (S, HASH) + number (N, RANGE), but Boxes (line 12 of the template) has the key depot (S, HASH). A table has its key for good, and this one's items are kept: give Boxes its old key or another TableName, or delete the table with its items.",
    });
    const again = await startIn(dataDir);
    expect(await again.tables.has('boxes')).toBe(true);
    await again.stop();
  });
});

test('a table can be named by its ARN, if it is of this place', async () => {
  const { client, facts } = await embeddedUnderTest();
  await client.send(new PutItemCommand({ TableName: TableArn, Item: keyOf(1) }));
  expect((await client.send(new GetItemCommand({ TableName, Key: keyOf(1) }))).Item).toEqual(keyOf(1));
  expect(facts).toMatchObject([{ kind: 'table.written', tableName: TableName }]);
  const elsewhere = new GetItemCommand({
    TableName: TableArn.replace('eu-west-1', 'us-east-1'),
    Key: keyOf(1),
  });
  await expect(client.send(elsewhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test("AWS's own words for what is missing", async () => {
  const { client } = await embeddedUnderTest([]);
  await expect(client.send(new GetItemCommand({ TableName, Key: keyOf(1) }))).rejects.toMatchObject({
    message: 'Requested resource not found',
  });
  await expect(client.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
    message: 'Requested resource not found: Table: boxes not found',
  });
});

test('an unknown value for what a failed condition returns is refused', async () => {
  const { client } = await embeddedUnderTest();
  const input = { TableName, Item: keyOf(1), ReturnValuesOnConditionCheckFailure: 'ALL' };
  // @ts-expect-error: not one of the values of the SDK's type
  await expect(client.send(new PutItemCommand(input))).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value 'ALL' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]",
  });
});

test('time to live can not be set to what it is', async () => {
  const { client } = await embeddedUnderTest();
  const set = (AttributeName: string, Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  await expect(set('expires', false)).rejects.toThrow('TimeToLive is already disabled');
  await set('expires', true);
  await expect(set('expires', true)).rejects.toThrow('TimeToLive is already enabled');
  await expect(set('other', true)).rejects.toThrow('TimeToLive is active on a different AttributeName');
  await set('expires', false);
});

test('a stopped store takes no more calls', async () => {
  const dynamodb = await startEmbeddedDynamoDb({ place, tables: [boxesTable()], report: () => undefined });
  await dynamodb.stop();
  const call = {
    caller: {},
    requestId: 'r',
    endpoint: 'http://127.0.0.1:1',
    signal: new AbortController().signal,
  };
  const get = called(dynamodb.service.operations.GetItem, { TableName, Key: keyOf(1) }, call);
  await expect(get).rejects.toThrow('The engine is stopped');
});
