import { randomUUID } from 'node:crypto';
import {
  GetItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTable, type Item, putAll, type Subject } from './subject.ts';

const keyOf = (id: string) => ({ id: { S: id } });

export function transactionsContract(subject: () => Subject): void {
  let TableName: string;
  beforeAll(async () => {
    TableName = await createTable(subject(), { id: 'S' });
  });

  const write = (TransactItems: TransactWriteItem[], more: object = {}) =>
    subject().client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
  const get = async (id: string) =>
    (await subject().client.send(new GetItemCommand({ TableName, Key: keyOf(id) }))).Item;
  const addOne = (id: string, condition: object = {}): TransactWriteItem => ({
    Update: {
      TableName,
      Key: keyOf(id),
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ...condition,
    },
  });

  describe('a transaction', () => {
    test('makes all of its writes', async () => {
      await putAll(subject(), TableName, [keyOf('deleted'), keyOf('checked')]);
      await write([
        { Put: { TableName, Item: keyOf('put') } },
        addOne('updated'),
        { Delete: { TableName, Key: keyOf('deleted') } },
        { ConditionCheck: { TableName, Key: keyOf('checked'), ConditionExpression: 'attribute_exists(id)' } },
      ]);
      expect(await get('put')).toEqual(keyOf('put'));
      expect(await get('updated')).toEqual({ ...keyOf('updated'), n: { N: '1' } });
      expect(await get('deleted')).toBeUndefined();
      expect(await get('checked')).toEqual(keyOf('checked'));
    });

    test('makes none of them when one condition fails, and says which', async () => {
      const existing: Item = { ...keyOf('existing'), n: { N: '5' } };
      await putAll(subject(), TableName, [existing]);
      const attempt = write([
        { Put: { TableName, Item: keyOf('never') } },
        addOne('existing', {
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
        { ConditionCheck: { TableName, Key: keyOf('nobody'), ConditionExpression: 'attribute_exists(id)' } },
      ]);
      await expect(attempt).rejects.toMatchObject({
        name: 'TransactionCanceledException',
        message: expect.stringContaining('[None, ConditionalCheckFailed, ConditionalCheckFailed]'),
        CancellationReasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: existing },
          { Code: 'ConditionalCheckFailed' },
        ],
        $metadata: { httpStatusCode: 400 },
      });
      expect(await get('never')).toBeUndefined();
      expect(await get('existing')).toEqual(existing);
    });

    test('that is concurrent with others and with single writes loses nothing', async () => {
      const both = Array.from({ length: 10 }, (_, at) =>
        write(at % 2 === 0 ? [addOne('left'), addOne('right')] : [addOne('right'), addOne('left')]),
      );
      await Promise.all(both.map((attempt) => attempt.catch(refuseAllButConflicts)));
      const [left, right] = [await get('left'), await get('right')];
      expect(Number(left?.n?.N)).toBeGreaterThan(0);
      expect(left?.n).toEqual(right?.n);
    });

    test('with the token of an earlier one changes nothing', async () => {
      const ClientRequestToken = randomUUID();
      await write([addOne('once')], { ClientRequestToken });
      await write([addOne('once')], { ClientRequestToken });
      expect(await get('once')).toEqual({ ...keyOf('once'), n: { N: '1' } });
      await expect(write([addOne('twice')], { ClientRequestToken })).rejects.toMatchObject({
        name: 'IdempotentParameterMismatchException',
      });
    });

    test('is refused when it has an item twice', async () => {
      const twice = [
        { Put: { TableName, Item: keyOf('twice') } },
        { Delete: { TableName, Key: keyOf('twice') } },
      ];
      await expect(write(twice)).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Transaction request cannot include multiple operations on one item',
      });
    });

    test('is refused when a table is not there', async () => {
      const missing = [
        { Put: { TableName, Item: keyOf('never') } },
        { Put: { TableName: 'contract-missing', Item: keyOf('a') } },
      ];
      await expect(write(missing)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      expect(await get('never')).toBeUndefined();
    });

    test('reads several items, in order', async () => {
      await putAll(subject(), TableName, [{ ...keyOf('read'), n: { N: '1' } }]);
      const TransactItems = ['nobody', 'read'].map((id) => ({ Get: { TableName, Key: keyOf(id) } }));
      const { Responses } = await subject().client.send(new TransactGetItemsCommand({ TransactItems }));
      expect(Responses).toEqual([{}, { Item: { ...keyOf('read'), n: { N: '1' } } }]);
    });
  });
}

/** DynamoDB may cancel one of two transactions that meet; the loop lets them wait for each other. */
function refuseAllButConflicts(error: unknown): void {
  if (!String(error).includes('TransactionConflict')) throw error;
}
