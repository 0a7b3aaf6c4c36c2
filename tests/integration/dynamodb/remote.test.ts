import { createServer } from 'node:http';
import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDynamoDb } from '../../../local/dynamodb/start.ts';
import type { Fact } from '../../../local/facts.ts';
import { startGateway } from '../../../local/gateway/gateway.ts';
import type { TableModel } from '../../../local/template/model.ts';
import { clientFor } from './contract/subject.ts';
import { boxesTable, place, runEmbedded, serve } from './running-dynamodb.ts';

const TableName = 'boxes';
const Item = { depot: { S: 'A' }, number: { N: '1' } };

/** A store to forward to; the embedded one speaks DynamoDB's protocol as DynamoDB Local does. */
async function aStore(tables: TableModel[] = []) {
  const store = await runEmbedded({ tables });
  onTestFinished(() => store.stop());
  return { ...store, client: clientFor(store.endpoint) };
}

async function startRemote(url: string, tables: TableModel[]) {
  const facts: Fact[] = [];
  const report = (fact: Fact) => facts.push(fact);
  const running = await serve(await startDynamoDb({ url, place, tables, report }), report);
  onTestFinished(() => running.stop());
  return { client: clientFor(running.endpoint), facts };
}

describe("the template's tables", () => {
  test('are made where they are missing, time to live and all', async () => {
    const store = await aStore();
    await startRemote(store.endpoint, [boxesTable({ timeToLiveAttribute: 'expires' })]);
    const { TimeToLiveDescription } = await store.client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
  });

  test('that exist keep their items', async () => {
    const store = await aStore([boxesTable()]);
    await store.client.send(new PutItemCommand({ TableName, Item }));
    const { client } = await startRemote(store.endpoint, [boxesTable()]);
    expect((await client.send(new GetItemCommand({ TableName, Key: Item }))).Item).toEqual(Item);
  });

  test('that exist with another key are refused, and nothing is changed', async () => {
    const store = await aStore([boxesTable()]);
    const createTable = {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    };
    await expect(startRemote(store.endpoint, [boxesTable({ createTable })])).rejects.toMatchObject({
      name: 'TableMismatchError',
      tableName: TableName,
      expected: 'id (S, HASH)',
      found: 'depot (S, HASH) + number (N, RANGE)',
    });
  });

  test('that can not be made are named with their line', async () => {
    const store = await aStore();
    const bad = boxesTable({ createTable: { TableName, KeySchema: [] } });
    await expect(startRemote(store.endpoint, [bad])).rejects.toMatchObject({
      name: 'TableNotCreatedError',
      line: 12,
    });
  });
});

test('writes and failed conditions are facts, for tables of the template and others', async () => {
  const store = await aStore();
  const { client, facts } = await startRemote(store.endpoint, [boxesTable()]);
  const put = { Item, ConditionExpression: 'attribute_not_exists(depot)' };
  await client.send(new PutItemCommand({ TableName, ...put }));
  await expect(client.send(new PutItemCommand({ TableName, ...put }))).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
  await store.client.send(
    new CreateTableCommand({
      TableName: 'crates',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'depot', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'depot', AttributeType: 'S' }],
    }),
  );
  await client.send(new PutItemCommand({ TableName: 'crates', Item }));
  expect(facts).toEqual([
    { kind: 'table.written', tableName: TableName, operation: 'PutItem', key: 'depot=A, number=1' },
    { kind: 'table.conditionFailed', tableName: TableName, operation: 'PutItem', key: 'depot=A, number=1' },
    { kind: 'table.written', tableName: 'crates', operation: 'PutItem', key: 'depot=A' },
  ]);
});

describe('a URL', () => {
  test('where nothing listens is named', async () => {
    const gateway = await startGateway({ port: 0 });
    await gateway.stop();
    await expect(startRemote(gateway.endpoint, [boxesTable()])).rejects.toMatchObject({
      name: 'DynamoDbUnreachableError',
      url: gateway.endpoint,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('where something else answers is named', async () => {
    const other = createServer((_request, response) => response.end('<html>hello</html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
    await expect(startRemote(url, [boxesTable()])).rejects.toMatchObject({
      name: 'DynamoDbUnreachableError',
      message: expect.stringContaining('<html>hello</html>'),
    });
  });

  test('that falls silent later is a 500 for the caller', async () => {
    const store = await runEmbedded();
    const { client } = await startRemote(store.endpoint, []);
    await store.stop();
    await expect(client.send(new GetItemCommand({ TableName, Key: Item }))).rejects.toMatchObject({
      name: 'InternalServerError',
      message: expect.stringContaining('No DynamoDB answers at'),
      $metadata: { httpStatusCode: 500 },
    });
  });
});
