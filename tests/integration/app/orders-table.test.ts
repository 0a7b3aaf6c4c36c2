import { inspect } from 'node:util';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ordersTable } from '../../../src/adapters/orders-table.ts';
import { newOrder, processedChange, summaryOf } from '../../../src/orders/order.ts';
import { loopUnderTest } from '../../loop.ts';
import { fullOrder } from '../../unit/app/valid-order.ts';
import { type Answer, conditionFailed, startAwsStandIn } from './aws-stand-in.ts';

const TABLE = 'orders-of-a-test';
const NOON = new Date('2026-01-31T12:00:00.000Z');
const order = newOrder(fullOrder(), '3748256f-cc3a-5b31-88c6-8490770a2651', NOON);
/** Of the canonical text of the full order; changed, it would make a conflict of every repeat. */
const REQUEST_HASH = '6596ce96c3edefa960bb28abbb1cff8301436ac774d5d3e8af16dae3d143fb67';
/** HMAC-SHA256 of that, with the full order's key. */
const KEYED_HASH = 'ab5c8ab608138c4626f360e14f8ea36b0e71b62ef56ab96f227b8e7b6df92a4c';
const change = processedChange(order, new Date('2026-01-31T12:00:05.000Z'));

function clientOf(endpoint: string): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return DynamoDBDocumentClient.from(client);
}

describe('on a real table', () => {
  async function tableOfLoop() {
    const { loop } = await loopUnderTest(undefined);
    const client = clientOf(loop.endpoint);
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
      }),
    );
    const read = async () => {
      const { Item } = await client.send(
        new GetCommand({ TableName: TABLE, Key: { orderId: order.orderId } }),
      );
      return Item;
    };
    return { table: ordersTable(client, TABLE), read };
  }

  test('a new order is stored whole', async () => {
    const { table, read } = await tableOfLoop();
    expect(await table.insert(order)).toEqual({ outcome: 'created', order: summaryOf(order) });
    expect(await read()).toEqual({ ...order, requestHash: REQUEST_HASH });
  });

  test('a NEW order becomes PROCESSED, with its time and history, and all else as it was', async () => {
    const { table, read } = await tableOfLoop();
    await table.insert(order);
    expect(await table.markProcessed(order.orderId, change)).toBe('processed');
    expect(await read()).toEqual({
      ...order,
      requestHash: REQUEST_HASH,
      status: 'PROCESSED',
      processedAt: change.at,
      history: [...order.history, change],
    });
  });

  test('neither a repeat nor a second delivery changes anything', async () => {
    const { table, read } = await tableOfLoop();
    await table.insert(order);
    await table.markProcessed(order.orderId, change);
    const stored = await read();
    await table.insert(newOrder(fullOrder(), order.orderId, new Date())).catch(() => undefined);
    await table
      .markProcessed(order.orderId, { ...change, at: new Date().toISOString() })
      .catch(() => undefined);
    expect(await read()).toEqual(stored);
  });

  test('an order that is not there is not made', async () => {
    const { table, read } = await tableOfLoop();
    await expect(table.markProcessed(order.orderId, change)).rejects.toMatchObject({ name: 'OrderNotFound' });
    expect(await read()).toBeUndefined();
  });
});

describe('when the condition fails', () => {
  async function tableThatAnswers(answer: Answer) {
    const aws = await startAwsStandIn(() => answer);
    onTestFinished(() => aws.stop());
    return { table: ordersTable(clientOf(aws.endpoint), TABLE), calls: aws.calls };
  }

  test('a repeat gets the stored order, in one call', async () => {
    const stored = { ...order, status: 'PROCESSED', createdAt: '2026-01-30T08:00:00.000Z' };
    const { table, calls } = await tableThatAnswers(conditionFailed(marshall(stored)));
    expect(await table.insert(order)).toEqual({
      outcome: 'repeated',
      order: { ...summaryOf(order), status: 'PROCESSED', createdAt: '2026-01-30T08:00:00.000Z' },
    });
    expect(calls).toMatchObject([
      { operation: 'PutItem', input: { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
    ]);
  });

  test.each([
    ['with its hash is a repeat', { requestHash: REQUEST_HASH }, 'repeated'],
    ['of before there were hashes is a repeat', {}, 'repeated'],
    [
      'of before there were hashes and of another request is a conflict',
      { snacks: [{ sku: 'nuts', quantity: 1 }] },
      'conflicting',
    ],
    [
      'without its customer, with its keyed hash, is a repeat',
      { customer: undefined, keyedHash: KEYED_HASH },
      'repeated',
    ],
    [
      'without its customer, with another keyed hash, is a conflict',
      { customer: undefined, keyedHash: 'another' },
      'conflicting',
    ],
    ['without its customer and any hash is a conflict', { customer: undefined }, 'conflicting'],
    ['with the hash of another request is a conflict', { requestHash: 'another' }, 'conflicting'],
  ])('a stored order %s', async (_name, kept, outcome) => {
    const { table } = await tableThatAnswers(
      conditionFailed(marshall({ ...order, ...kept }, { removeUndefinedValues: true })),
    );
    expect(await table.insert(order)).toMatchObject({ outcome });
  });

  test('an order without a key is stored without a hash', async () => {
    const { idempotencyKey, ...request } = fullOrder();
    const { table, calls } = await tableThatAnswers({ body: {} });
    await table.insert(newOrder(request, order.orderId, NOON));
    expect(calls[0]?.input.Item).not.toHaveProperty('requestHash');
  });

  test('an order that is PROCESSED already is no error, in one call', async () => {
    const { table, calls } = await tableThatAnswers(
      conditionFailed(marshall({ ...order, status: 'PROCESSED' })),
    );
    expect(await table.markProcessed(order.orderId, change)).toBe('already processed');
    expect(calls).toMatchObject([
      { operation: 'UpdateItem', input: { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
    ]);
  });

  test('an order that is not there is an error that names it', async () => {
    const { table } = await tableThatAnswers(conditionFailed());
    await expect(table.markProcessed(order.orderId, change)).rejects.toMatchObject({
      name: 'OrderNotFound',
      orderId: order.orderId,
    });
  });

  test('an item that is no order is an error with nothing of the item in it', async () => {
    const item = marshall({ ...order, status: 'LOST' });
    const { table } = await tableThatAnswers(conditionFailed(item));
    for (const attempt of [() => table.insert(order), () => table.markProcessed(order.orderId, change)]) {
      const error = await attempt().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'UnreadableOrder', paths: ['status'] });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain('Nora');
    }
  });

  test('any other failure of the table is thrown on', async () => {
    const { table } = await tableThatAnswers({
      status: 400,
      body: { __type: 'ResourceNotFoundException', message: 'Requested resource not found' },
    });
    await expect(table.insert(order)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(table.markProcessed(order.orderId, change)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
