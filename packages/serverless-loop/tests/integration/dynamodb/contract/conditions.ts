import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTable, type Item, type Subject } from './subject.ts';

const ITEM: Item = {
  id: { S: 'condition' },
  text: { S: 'packed' },
  weight: { N: '10' },
  tags: { SS: ['red', 'blue'] },
  labels: { L: [{ S: 'first' }] },
  box: { M: { deep: { BOOL: true } } },
};

export function conditionsContract(subject: () => Subject): void {
  let TableName: string;
  beforeAll(async () => {
    TableName = await createTable(subject(), { id: 'S' });
  });

  const putNew = (Item: Item, more: object = {}) =>
    subject().client.send(
      new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(id)', ...more }),
    );

  const failure = { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' };

  describe('a condition', () => {
    test.each<[string, Record<string, AttributeValue>, boolean]>([
      ['attribute_exists(weight)', {}, true],
      ['attribute_not_exists(weight)', {}, false],
      ['attribute_exists(box.deep)', {}, true],
      ['weight = :v', { ':v': { N: '10.0' } }, true],
      ['weight = :v', { ':v': { S: '10' } }, false],
      ['weight <> :v', { ':v': { N: '10' } }, false],
      ['weight > :v', { ':v': { N: '9' } }, true],
      ['weight < :v', { ':v': { N: '9' } }, false],
      ['weight BETWEEN :a AND :b', { ':a': { N: '9' }, ':b': { N: '100' } }, true],
      ['weight IN (:a, :b)', { ':a': { N: '9' }, ':b': { N: '10' } }, true],
      ['begins_with(#t, :v)', { ':v': { S: 'pack' } }, true],
      ['contains(#t, :v)', { ':v': { S: 'cke' } }, true],
      ['contains(tags, :v)', { ':v': { S: 'red' } }, true],
      ['contains(tags, :v)', { ':v': { S: 'green' } }, false],
      ['attribute_type(weight, :v)', { ':v': { S: 'N' } }, true],
      ['size(#t) = :v', { ':v': { N: '6' } }, true],
      ['size(tags) > :v', { ':v': { N: '2' } }, false],
      ['labels[0] = :v', { ':v': { S: 'first' } }, true],
      ['attribute_exists(id) AND NOT weight = :v', { ':v': { N: '10' } }, false],
      ['(weight = :v OR attribute_exists(id)) AND attribute_exists(tags)', { ':v': { N: '1' } }, true],
    ])('%s with %j: %s', async (ConditionExpression, values, holds) => {
      const { client } = subject();
      await client.send(new PutItemCommand({ TableName, Item: ITEM }));
      const put = new PutItemCommand({
        TableName,
        Item: ITEM,
        ConditionExpression,
        ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
        ...(ConditionExpression.includes('#t') ? { ExpressionAttributeNames: { '#t': 'text' } } : {}),
      });
      if (holds) await client.send(put);
      else await expect(client.send(put)).rejects.toMatchObject(failure);
    });

    test('that fails leaves everything as it was, for put, update and delete', async () => {
      const { client } = subject();
      const Key = { id: { S: 'untouched' } };
      const item = { ...Key, a: { N: '1' } };
      await putNew(item);
      const never = { TableName, ConditionExpression: 'attribute_not_exists(id)' };
      const update = { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { N: '2' } } };
      await expect(client.send(new PutItemCommand({ ...never, Item: Key }))).rejects.toMatchObject(failure);
      await expect(client.send(new UpdateItemCommand({ ...never, Key, ...update }))).rejects.toMatchObject(
        failure,
      );
      await expect(client.send(new DeleteItemCommand({ ...never, Key }))).rejects.toMatchObject(failure);
      expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(item);
    });

    test('that fails is 400', async () => {
      await putNew({ id: { S: 'status' } });
      await expect(putNew({ id: { S: 'status' } })).rejects.toMatchObject({
        $metadata: { httpStatusCode: 400 },
      });
    });

    test('lets one of many concurrent puts win, and shows the others its item', async () => {
      const attempts = Array.from({ length: 20 }, (_, at) => ({ id: { S: 'race' }, by: { N: String(at) } }));
      const outcomes = await Promise.allSettled(
        attempts.map((item) => putNew(item, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
      );
      const { Item } = await subject().client.send(
        new GetItemCommand({ TableName, Key: { id: { S: 'race' } } }),
      );
      const reasons: unknown[] = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason] : [],
      );
      expect(reasons).toHaveLength(19);
      expect(
        reasons.map((reason) => reason instanceof ConditionalCheckFailedException && reason.Item),
      ).toEqual(Array.from({ length: 19 }, () => Item));
    });
  });

  describe('ReturnValuesOnConditionCheckFailure', () => {
    const Key = { id: { S: 'returned' } };
    const item = { ...Key, a: { N: '1' }, box: { M: { b: { SS: ['x'] } } } };
    const refused = { ConditionExpression: 'a = :no', ExpressionAttributeValues: { ':no': { N: '2' } } };
    const commands = (id: Item, returned: 'ALL_OLD' | 'NONE' | undefined) => {
      const input = {
        TableName,
        ...refused,
        ...(returned ? { ReturnValuesOnConditionCheckFailure: returned } : {}),
      };
      return [
        new PutItemCommand({ ...input, Item: id }),
        new UpdateItemCommand({ ...input, Key: id, UpdateExpression: 'REMOVE a' }),
        new DeleteItemCommand({ ...input, Key: id }),
      ];
    };
    const itemsOfFailures = (id: Item, returned: 'ALL_OLD' | 'NONE' | undefined) =>
      Promise.all(
        commands(id, returned).map((command) =>
          sendAny(subject(), command).then(
            () => 'succeeded',
            (error: unknown) => (error instanceof ConditionalCheckFailedException ? error.Item : error),
          ),
        ),
      );

    beforeAll(async () => {
      await putNew(item);
    });

    test('ALL_OLD brings the item, for put, update and delete', async () => {
      expect(await itemsOfFailures(Key, 'ALL_OLD')).toEqual([item, item, item]);
    });

    test('ALL_OLD brings none when there was none', async () => {
      expect(await itemsOfFailures({ id: { S: 'nobody' } }, 'ALL_OLD')).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    test.each(['NONE', undefined] as const)('%s brings none', async (returned) => {
      expect(await itemsOfFailures(Key, returned)).toEqual([undefined, undefined, undefined]);
    });
  });
}

function sendAny(
  { client }: Subject,
  command: PutItemCommand | UpdateItemCommand | DeleteItemCommand,
): Promise<unknown> {
  if (command instanceof PutItemCommand) return client.send(command);
  if (command instanceof UpdateItemCommand) return client.send(command);
  return client.send(command);
}
