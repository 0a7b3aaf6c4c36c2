import { rmSync } from 'node:fs';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { startEmbeddedDynamoDb } from '../../../src/services/dynamodb/embedded.ts';
import type { TableModel } from '../../../src/template/model.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { clientFor } from './contract/subject.ts';
import { boxesTable, place, serve } from './running-dynamodb.ts';

const ITEM = { depot: { S: 'north' }, number: { N: '7' }, colour: { S: 'red' } };
const COLOUR = { AttributeName: 'colour', AttributeType: 'S' };

/** Runs with the folder's tables brought to this one, does something and ends. */
async function run<T>(
  dataDir: string,
  table: TableModel,
  act: (client: ReturnType<typeof clientFor>) => Promise<T>,
  told: Fact[] = [],
) {
  const dynamodb = await startEmbeddedDynamoDb({
    place,
    tables: [table],
    templateFile: 'boxes.yaml',
    report: (fact) => told.push(fact),
    dataDir,
  });
  const server = await serve(dynamodb, () => undefined);
  try {
    return await act(clientFor(server.endpoint));
  } finally {
    await server.stop();
  }
}

const index = (IndexName: string, key: string, more: Record<string, unknown> = {}) => ({
  IndexName,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
  ...more,
});

function boxes(more: Record<string, unknown>, others: Partial<TableModel> = {}): TableModel {
  const { createTable } = boxesTable();
  const AttributeDefinitions = [...[createTable.AttributeDefinitions].flat(), COLOUR];
  return boxesTable({ ...others, createTable: { ...createTable, AttributeDefinitions, ...more } });
}

async function facts(client: ReturnType<typeof clientFor>) {
  const TableName = 'boxes';
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
  const { Items } = await client.send(new ScanCommand({ TableName }));
  return {
    status: Table?.TableStatus,
    mode: Table?.BillingModeSummary?.BillingMode,
    units: Table?.ProvisionedThroughput?.ReadCapacityUnits,
    indexes: Table?.GlobalSecondaryIndexes?.map((it) => [
      it.IndexName,
      it.KeySchema?.[0]?.AttributeName,
      it.IndexStatus,
      it.ItemCount,
      it.ProvisionedThroughput?.ReadCapacityUnits,
    ]),
    stream: Table?.StreamSpecification?.StreamViewType,
    isProtected: Table?.DeletionProtectionEnabled,
    expiry: TimeToLiveDescription?.AttributeName,
    Tags,
    Items,
  };
}

test('a kept table is given what the template says now, step by step, and keeps its items', async () => {
  const dataDir = projectFolder({});
  const onDemand = boxes({
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [index('byNumber', 'number'), index('byColour', 'colour')],
  });
  await run(dataDir, onDemand, (client) =>
    client.send(new PutItemCommand({ TableName: 'boxes', Item: ITEM })),
  );

  const ProvisionedThroughput = { ReadCapacityUnits: 3, WriteCapacityUnits: 2 };
  const provisioned = boxes(
    {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput,
      GlobalSecondaryIndexes: [
        index('byNumber', 'number', { ProvisionedThroughput }),
        // Another one of the same name, and two that weren't there.
        index('byColour', 'number', { ProvisionedThroughput }),
        index('byHue', 'colour', { ProvisionedThroughput }),
        index('byPaint', 'colour', { ProvisionedThroughput }),
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      DeletionProtectionEnabled: true,
      Tags: [{ Key: 'team', Value: 'boxes' }],
    },
    { timeToLiveAttribute: 'expires' },
  );
  const expected = {
    status: 'ACTIVE',
    mode: 'PROVISIONED',
    units: 3,
    indexes: [
      ['byNumber', 'number', 'ACTIVE', 1, 3],
      ['byColour', 'number', 'ACTIVE', 1, 3],
      ['byHue', 'colour', 'ACTIVE', 1, 3],
      ['byPaint', 'colour', 'ACTIVE', 1, 3],
    ],
    stream: 'NEW_IMAGE',
    isProtected: true,
    expiry: 'expires',
    Tags: [{ Key: 'team', Value: 'boxes' }],
    Items: [ITEM],
  };
  const told: Fact[] = [];
  expect(await run(dataDir, provisioned, facts, told)).toEqual(expected);
  // It is kept so, and a start without changes makes none.
  expect(await run(dataDir, provisioned, facts, told)).toEqual(expected);
  const changes = [
    ...['3 read and 2 write units', 'units of index byNumber', 'index byColour made anew'],
    ...['new index byHue', 'new index byPaint'],
    ...['stream of NEW_IMAGE', 'time to live by expires', 'deletion protection', 'tags'],
  ];
  expect(told).toEqual([{ kind: 'table.changed', tableName: 'boxes', changes }]);

  expect(await run(dataDir, boxes({ BillingMode: 'PAY_PER_REQUEST' }), facts, told)).toMatchObject({
    mode: 'PAY_PER_REQUEST',
    indexes: undefined,
    stream: undefined,
    isProtected: false,
    expiry: undefined,
    Tags: [],
    Items: [ITEM],
  });
  expect(told.at(-1)).toMatchObject({
    changes: [
      'paid by request',
      ...['no index byNumber', 'no index byColour', 'no index byHue', 'no index byPaint'],
      ...['no stream', 'no time to live', 'no deletion protection', 'tags'],
    ],
  });
});

test('an index whose key has another type now is made anew', async () => {
  const dataDir = projectFolder({});
  const indexed = { GlobalSecondaryIndexes: [index('byColour', 'colour')] };
  await run(dataDir, boxes(indexed), (client) =>
    client.send(new PutItemCommand({ TableName: 'boxes', Item: ITEM })),
  );
  const { createTable } = boxesTable();
  const AttributeDefinitions = [
    ...[createTable.AttributeDefinitions].flat(),
    { AttributeName: 'colour', AttributeType: 'N' },
  ];
  const now = await run(dataDir, boxes({ ...indexed, AttributeDefinitions }), facts);
  expect([now.indexes, now.Items]).toEqual([[['byColour', 'colour', 'ACTIVE', 0, 0]], [ITEM]]);
});

test('a local index that comes is refused with its line, and all stays as it is', async () => {
  const dataDir = projectFolder({});
  const plain = boxesTable();
  await run(dataDir, plain, (client) => client.send(new PutItemCommand({ TableName: 'boxes', Item: ITEM })));
  const LocalSecondaryIndexes = [
    {
      IndexName: 'byColour',
      KeySchema: [
        { AttributeName: 'depot', KeyType: 'HASH' },
        { AttributeName: 'colour', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ];
  await expect(run(dataDir, boxes({ LocalSecondaryIndexes }), facts)).rejects.toThrow(
    /Boxes \(boxes\.yaml:12\).*local index byColour by depot .*colour \(S, RANGE\)/,
  );
  expect((await run(dataDir, plain, facts)).Items).toEqual([ITEM]);
});

test('a write that the folder can no longer take is an error to the caller, told to the person, and not done', async () => {
  const dataDir = projectFolder({});
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => told.mockRestore());
  await run(dataDir, boxesTable(), async (client) => {
    rmSync(dataDir, { recursive: true });
    const put = client.send(new PutItemCommand({ TableName: 'boxes', Item: ITEM }));
    await expect(put).rejects.toMatchObject({
      name: 'InternalServerError',
      message: expect.stringContaining(`Nothing can be kept in ${dataDir}`),
      $metadata: { httpStatusCode: 500 },
    });
    expect((await client.send(new ScanCommand({ TableName: 'boxes' }))).Items).toEqual([]);
  });
  expect(told.mock.calls.map(([text]) => String(text).split('\n')[0])).toEqual([
    'DynamoDB keeps tables and items no longer:',
  ]);
});
