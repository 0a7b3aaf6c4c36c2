import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTable, type Item, putAll, type Subject } from './subject.ts';

const keyOf = (id: string): Item => ({ id: { S: id } });
const refusal = { name: 'ValidationException', $metadata: { httpStatusCode: 400 } };

/** `levels` lists, each in the other, around a text. */
function nested(levels: number): AttributeValue {
  return Array.from({ length: levels }).reduce<AttributeValue>((value) => ({ L: [value] }), { S: 'x' });
}

/** DynamoDB's limits: pages of 1 MB, depths, lengths, and input that contradicts itself. */
export function limitsContract(subject: () => Subject): void {
  let TableName: string;
  beforeAll(async () => {
    TableName = await createTable(subject(), { id: 'S' });
  });

  test('a page of a scan or a query ends at 1 MB, also when its filter leaves nothing', async () => {
    const { client } = subject();
    const crates = await createTable(subject(), { depot: 'S', number: 'N' });
    const text = { S: 'x'.repeat(200 * 1024) };
    const boxes = Array.from({ length: 7 }, (_, at) => ({
      depot: { S: 'A' },
      number: { N: String(at) },
      text,
    }));
    await putAll(subject(), crates, boxes);
    const none = { FilterExpression: 'attribute_not_exists(depot)' };
    const values = { ExpressionAttributeValues: { ':a': { S: 'A' } } };
    const query = { KeyConditionExpression: 'depot = :a', ...values };
    const scanned = await client.send(new ScanCommand({ TableName: crates, ...none }));
    expect(scanned).toMatchObject({ Items: [], ScannedCount: 6, LastEvaluatedKey: expect.any(Object) });
    const found = await client.send(new QueryCommand({ TableName: crates, ...query }));
    expect(found).toMatchObject({ Count: 6, LastEvaluatedKey: { depot: { S: 'A' }, number: { N: '5' } } });
    const rest = await client.send(
      new QueryCommand({ TableName: crates, ...query, ExclusiveStartKey: found.LastEvaluatedKey }),
    );
    expect([rest.Count, rest.LastEvaluatedKey]).toEqual([1, undefined]);
  });

  test.each<[string, Partial<ScanCommandInput>]>([
    ['a segment past the last', { Segment: 3, TotalSegments: 3 }],
    ['a segment of none', { Segment: 0 }],
    ['segments and none of them', { TotalSegments: 3 }],
    ['no items at all', { Limit: 0 }],
    ['a start that is no key', { ExclusiveStartKey: { other: { S: 'a' } } }],
    ['a start of another type', { ExclusiveStartKey: { id: { N: '1' } } }],
    ['an index that is not there', { IndexName: 'byNothing' }],
    ['a reserved word', { FilterExpression: 'status = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } }],
    ['a projection while it counts', { Select: 'COUNT', ProjectionExpression: 'id' }],
    ['all attributes and a projection', { Select: 'ALL_ATTRIBUTES', ProjectionExpression: 'id' }],
    ['certain attributes and no projection', { Select: 'SPECIFIC_ATTRIBUTES' }],
  ])('a scan of %s is refused', async (_what, input) => {
    await expect(subject().client.send(new ScanCommand({ TableName, ...input }))).rejects.toMatchObject(
      refusal,
    );
  });

  test.each<[string, Partial<QueryCommandInput>]>([
    ['a projection while it counts', { Select: 'COUNT', ProjectionExpression: 'id' }],
    ['certain attributes and no projection', { Select: 'SPECIFIC_ATTRIBUTES' }],
    ['a start in another partition', { ExclusiveStartKey: keyOf('elsewhere') }],
  ])('a query of %s is refused', async (_what, input) => {
    const query = {
      KeyConditionExpression: 'id = :a',
      ExpressionAttributeValues: { ':a': { S: 'a' } },
      ...input,
    };
    await expect(subject().client.send(new QueryCommand({ TableName, ...query }))).rejects.toMatchObject(
      refusal,
    );
  });

  describe('an item', () => {
    const put = (item: Item) => subject().client.send(new PutItemCommand({ TableName, Item: item }));

    test('may be 32 levels deep, its attributes the first', async () => {
      await put({ ...keyOf('deep'), at: nested(31) });
      await expect(put({ ...keyOf('deeper'), at: nested(32) })).rejects.toMatchObject(refusal);
    });

    test.each<[string, Item]>([
      ['attributes', { '': { S: 'x' } }],
      ['maps', { box: { M: { '': { S: 'x' } } } }],
    ])('has names for its %s', async (_where, attributes) => {
      await expect(put({ ...keyOf('nameless'), ...attributes })).rejects.toMatchObject(refusal);
    });

    test('that is deleted has no new values to return', async () => {
      await put(keyOf('kept'));
      const remove = new DeleteItemCommand({ TableName, Key: keyOf('kept'), ReturnValues: 'ALL_NEW' });
      await expect(subject().client.send(remove)).rejects.toMatchObject(refusal);
    });
  });

  test('a request of a batch is a put or a delete', async () => {
    const both = { PutRequest: { Item: keyOf('both') }, DeleteRequest: { Key: keyOf('other') } };
    await expect(
      subject().client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [both] } })),
    ).rejects.toMatchObject(refusal);
  });

  test('a batch gets at most 100 items, and none twice', async () => {
    for (const ids of [Array.from({ length: 101 }, (_, at) => String(at)), ['same', 'same']]) {
      const get = new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: ids.map(keyOf) } } });
      await expect(subject().client.send(get)).rejects.toMatchObject(refusal);
    }
  });

  test.each([
    ['no writes', { TransactItems: [] }],
    ['101 writes', { TransactItems: Array.from({ length: 101 }, () => ({})) }],
  ])('a transaction of %s is refused', async (_what, { TransactItems }) => {
    const Puts = TransactItems.map((_, at) => ({ Put: { TableName, Item: keyOf(`write${at}`) } }));
    await expect(
      subject().client.send(new TransactWriteItemsCommand({ TransactItems: Puts })),
    ).rejects.toMatchObject(refusal);
  });

  test('the token of a transaction has at most 36 characters', async () => {
    const write = (ClientRequestToken: string) =>
      subject().client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName, Item: keyOf('token') } }],
          ClientRequestToken,
        }),
      );
    const token = randomUUID();
    expect(token).toHaveLength(36);
    await write(token);
    await expect(write(`${token}x`)).rejects.toMatchObject(refusal);
  });
}
