import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTable, type Item, type Subject } from './subject.ts';

const BINARY = new Uint8Array([0, 1, 255]);

export function itemsContract(subject: () => Subject): void {
  let TableName: string;
  beforeAll(async () => {
    TableName = await createTable(subject(), { id: 'S' });
  });

  const put = (Item: Item, more: object = {}) =>
    subject().client.send(new PutItemCommand({ TableName, Item, ...more }));
  const get = (id: string, more: object = {}) =>
    subject().client.send(new GetItemCommand({ TableName, Key: { id: { S: id } }, ...more }));
  const update = (id: string, more: Partial<UpdateItemCommandInput>) =>
    subject().client.send(new UpdateItemCommand({ TableName, Key: { id: { S: id } }, ...more }));

  describe('an item', () => {
    test('comes back as it was put, whatever its types', async () => {
      const item: Item = {
        id: { S: 'types' },
        text: { S: 'ä€😀' },
        empty: { S: '' },
        number: { N: '12345678901234567890.5' },
        binary: { B: BINARY },
        yes: { BOOL: true },
        nothing: { NULL: true },
        labels: { L: [{ S: 'a' }, { N: '1' }, { L: [] }] },
        box: { M: { deep: { M: { er: { BOOL: false } } } } },
        strings: { SS: ['a', 'b'] },
        numbers: { NS: ['1', '2'] },
      };
      await put(item);
      const { Item } = await get('types');
      expect(Item).toEqual({ ...item, numbers: { NS: expect.arrayContaining(['1', '2']) } });
    });

    test('replaces the whole item before it, which can be asked for', async () => {
      await put({ id: { S: 'replaced' }, a: { N: '1' } });
      const { Attributes } = await put({ id: { S: 'replaced' }, b: { N: '2' } }, { ReturnValues: 'ALL_OLD' });
      expect(Attributes).toEqual({ id: { S: 'replaced' }, a: { N: '1' } });
      expect((await get('replaced', { ConsistentRead: true })).Item).toEqual({
        id: { S: 'replaced' },
        b: { N: '2' },
      });
    });

    test('that is not there is no Item', async () => {
      expect((await get('nobody')).Item).toBeUndefined();
    });

    test('can be read in part', async () => {
      await put({ id: { S: 'part' }, box: { M: { a: { S: '1' }, b: { S: '2' } } }, name: { S: 'n' } });
      const projection = { ProjectionExpression: 'box.a, #n', ExpressionAttributeNames: { '#n': 'name' } };
      expect((await get('part', projection)).Item).toEqual({
        box: { M: { a: { S: '1' } } },
        name: { S: 'n' },
      });
    });

    test('is gone when deleted, and deleting it again is fine', async () => {
      await put({ id: { S: 'deleted' }, a: { N: '1' } });
      const command = new DeleteItemCommand({
        TableName,
        Key: { id: { S: 'deleted' } },
        ReturnValues: 'ALL_OLD',
      });
      expect((await subject().client.send(command)).Attributes).toEqual({
        id: { S: 'deleted' },
        a: { N: '1' },
      });
      expect((await get('deleted')).Item).toBeUndefined();
      expect((await subject().client.send(command)).Attributes).toBeUndefined();
    });
  });

  describe('an update', () => {
    test('makes the item when there is none', async () => {
      const UpdateExpression = 'SET a = :a';
      await update('made', { UpdateExpression, ExpressionAttributeValues: { ':a': { N: '1' } } });
      expect((await get('made')).Item).toEqual({ id: { S: 'made' }, a: { N: '1' } });
    });

    test('sets, removes, adds and deletes in one expression', async () => {
      await put({
        id: { S: 'all' },
        count: { N: '1' },
        gone: { S: 'x' },
        tags: { SS: ['a', 'b'] },
        labels: { L: [{ S: '0' }] },
      });
      const { Attributes } = await update('all', {
        UpdateExpression:
          'SET labels = list_append(labels, :more), kept = if_not_exists(kept, :first), twice = #c + #c REMOVE gone ADD #c :one DELETE tags :b',
        ExpressionAttributeNames: { '#c': 'count' },
        ExpressionAttributeValues: {
          ':more': { L: [{ S: '1' }] },
          ':first': { S: 'first' },
          ':one': { N: '1' },
          ':b': { SS: ['b'] },
        },
        ReturnValues: 'ALL_NEW',
      });
      expect(Attributes).toEqual({
        id: { S: 'all' },
        count: { N: '2' },
        twice: { N: '2' },
        tags: { SS: ['a'] },
        labels: { L: [{ S: '0' }, { S: '1' }] },
        kept: { S: 'first' },
      });
    });

    test.each<[NonNullable<UpdateItemCommandInput['ReturnValues']>, Item | undefined]>([
      ['NONE', undefined],
      ['ALL_OLD', { id: { S: 'returned' }, a: { N: '1' }, b: { N: '1' } }],
      ['UPDATED_OLD', { a: { N: '1' } }],
      ['ALL_NEW', { id: { S: 'returned' }, a: { N: '2' }, b: { N: '1' } }],
      ['UPDATED_NEW', { a: { N: '2' } }],
    ])('returns %s', async (ReturnValues, expected) => {
      await put({ id: { S: 'returned' }, a: { N: '1' }, b: { N: '1' } });
      const ExpressionAttributeValues = { ':a': { N: '2' } };
      const returned = await update('returned', {
        UpdateExpression: 'SET a = :a',
        ExpressionAttributeValues,
        ReturnValues,
      });
      expect(returned.Attributes).toEqual(expected);
    });

    test('that is concurrent with others loses none of them', async () => {
      const increments = Array.from({ length: 20 }, () =>
        update('counted', {
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );
      await Promise.all(increments);
      expect((await get('counted')).Item).toEqual({ id: { S: 'counted' }, n: { N: '20' } });
    });
  });

  describe('refused is', () => {
    test.each<[string, Item]>([
      ['an item without its key', { other: { S: 'a' } }],
      ['a key of another type', { id: { N: '1' } }],
      ['an empty key', { id: { S: '' } }],
    ])('%s', async (_what, item) => {
      await expect(put(item)).rejects.toMatchObject({
        name: 'ValidationException',
        $metadata: { httpStatusCode: 400 },
      });
    });

    test.each<[string, Partial<UpdateItemCommandInput>]>([
      [
        'a change of the key',
        { UpdateExpression: 'SET id = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      ],
      ['a broken expression', { UpdateExpression: 'SET', ExpressionAttributeValues: { ':v': { S: 'x' } } }],
      [
        'a reserved word',
        { UpdateExpression: 'SET status = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      ],
      ['a value that is not given', { UpdateExpression: 'SET a = :missing' }],
      [
        'a value that is not used',
        { UpdateExpression: 'REMOVE a', ExpressionAttributeValues: { ':v': { S: 'x' } } },
      ],
    ])('%s', async (_what, input) => {
      await expect(update('refused', input)).rejects.toMatchObject({ name: 'ValidationException' });
    });

    test('an item of more than 400 KB', async () => {
      await expect(put({ id: { S: 'big' }, text: { S: 'x'.repeat(400 * 1024) } })).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Item size has exceeded the maximum allowed size',
      });
    });
  });
}
