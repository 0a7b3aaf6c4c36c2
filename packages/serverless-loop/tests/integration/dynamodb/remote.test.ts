import { createServer, type RequestListener } from 'node:http';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { startGateway } from '../../../src/gateway/gateway.ts';
import { startRemoteDynamoDb } from '../../../src/services/dynamodb/remote.ts';
import { DynamoDbUnreachableError } from '../../../src/services/dynamodb/remote-client.ts';
import type { TableModel } from '../../../src/template/model.ts';
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

async function startRemote(url: string, tables: TableModel[], options: { startLimitMs?: number } = {}) {
  const facts: Fact[] = [];
  const report = (fact: Fact) => facts.push(fact);
  const running = await serve(await startRemoteDynamoDb({ url, place, tables, report, ...options }), report);
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

  test('that exist are given what the template says now, once', async () => {
    const { createTable } = boxesTable();
    const colour = { AttributeName: 'colour', AttributeType: 'S' };
    const boxes = (more: Record<string, unknown>, others: Partial<TableModel> = {}) =>
      boxesTable({
        ...others,
        createTable: {
          ...createTable,
          AttributeDefinitions: [...[createTable.AttributeDefinitions].flat(), colour],
          ...more,
        },
      });
    const index = (IndexName: string, key: string, more: Record<string, unknown> = {}) => ({
      IndexName,
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
      ...more,
    });
    const ProvisionedThroughput = { ReadCapacityUnits: 3, WriteCapacityUnits: 2 };
    const store = await aStore([
      boxes(
        { GlobalSecondaryIndexes: [index('byNumber', 'number'), index('byColour', 'colour')] },
        { timeToLiveAttribute: 'goneAt' },
      ),
    ]);
    await store.client.send(new PutItemCommand({ TableName, Item: { ...Item, colour: { S: 'red' } } }));

    const table = boxes(
      {
        BillingMode: 'PROVISIONED',
        ProvisionedThroughput,
        GlobalSecondaryIndexes: [
          index('byNumber', 'number', { ProvisionedThroughput }),
          index('byHue', 'colour', { ProvisionedThroughput }),
          index('byPaint', 'colour', { ProvisionedThroughput }),
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        DeletionProtectionEnabled: true,
        Tags: [{ Key: 'team', Value: 'boxes' }],
      },
      { timeToLiveAttribute: 'expires' },
    );
    const { facts } = await startRemote(store.endpoint, [table]);
    expect(facts).toEqual([
      {
        kind: 'table.changed',
        tableName: TableName,
        changes: [
          ...['3 read and 2 write units', 'no index byColour', 'units of index byNumber'],
          ...['new index byHue', 'new index byPaint', 'stream of NEW_IMAGE'],
          ...['time to live by expires', 'deletion protection', 'tags'],
        ],
      },
    ]);
    const { Table } = await store.client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      ProvisionedThroughput,
      DeletionProtectionEnabled: true,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      ItemCount: 1,
    });
    const indexes = Table?.GlobalSecondaryIndexes?.map((it) => [it.IndexName, it.IndexStatus, it.ItemCount]);
    expect(indexes?.sort()).toEqual([
      ['byHue', 'ACTIVE', 1],
      ['byNumber', 'ACTIVE', 1],
      ['byPaint', 'ACTIVE', 1],
    ]);
    const { Tags } = await store.client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'boxes' }]);
    // A start without changes makes none.
    expect((await startRemote(store.endpoint, [table])).facts).toEqual([]);
  });

  test('that exist and can not be given its settings are named, with what stands against it', async () => {
    const store = await aStore([boxesTable()]);
    const { createTable } = boxesTable();
    const wrong = boxesTable({
      createTable: { ...createTable, StreamSpecification: { StreamEnabled: true, StreamViewType: 'ALL' } },
    });
    await expect(startRemote(store.endpoint, [wrong])).rejects.toMatchObject({
      name: 'TableNotChangedError',
      line: 12,
      message: expect.stringContaining('Its items are as they were.'),
    });
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

  test('that it may not even ask for are named with their line, and with what it was told', async () => {
    const url = await answering(
      '{"__type":"x#UnrecognizedClientException","message":"The token is invalid."}',
      {
        status: 400,
        headers: { 'x-amzn-RequestId': 'r' },
      },
    );
    await expect(startRemote(url, [boxesTable()])).rejects.toMatchObject({
      name: 'TableNotCreatedError',
      message: "Table boxes (Boxes, line 12 of the template) can't be created: The token is invalid.",
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
  test('where nothing listens is named, with the ways on', async () => {
    const gateway = await startGateway({ port: 0 });
    await gateway.stop();
    await expect(startRemote(gateway.endpoint, [boxesTable()])).rejects.toMatchObject({
      name: 'DynamoDbUnreachableError',
      url: gateway.endpoint,
      message: expect.stringMatching(/ECONNREFUSED.*Start DynamoDB Local there, or the loop without/),
    });
  });

  test('by a name of several addresses gets a reason too', () => {
    const cause = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
    const { message } = new DynamoDbUnreachableError('http://localhost:8000', { cause });
    expect(message).toContain('at http://localhost:8000: ECONNREFUSED.');
  });

  test.each([
    ['a page', '<html>hello</html>', 200],
    ['JSON', '{"hello": "you"}', 200],
    ['an error in JSON', '{"message": "Not found"}', 404],
  ])('where something else answers with %s is named', async (_what, text, status) => {
    const url = await answering(text, { status });
    await expect(startRemote(url, [boxesTable()])).rejects.toMatchObject({
      name: 'DynamoDbUnreachableError',
      message: expect.stringContaining(`No DynamoDB answers at ${url}: something else does, with "${text}"`),
    });
  });

  test('where nobody ever answers is given up', async () => {
    const url = await listening(() => undefined);
    await expect(startRemote(url, [boxesTable()], { startLimitMs: 50 })).rejects.toThrow(
      /No DynamoDB answers at .*aborted due to timeout/,
    );
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

function answering(
  text: string,
  { status, headers = {} }: { status: number; headers?: Record<string, string> },
): Promise<string> {
  return listening((_request, response) => response.writeHead(status, headers).end(text));
}

/** The URL of a server that is gone after the test. */
async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
}
