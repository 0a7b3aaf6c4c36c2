import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { embeddedUnderTest } from './running-dynamodb.ts';

const TableName = 'boxes';
const keyOf = (number: number) => ({ depot: { S: 'A' }, number: { N: String(number) } });

describe('every write', () => {
  test('is told with both images', async () => {
    const { client, writes } = await embeddedUnderTest();
    const weighed = (number: number, weight: string) => ({ ...keyOf(number), weight: { N: weight } });
    await client.send(new PutItemCommand({ TableName, Item: weighed(1, '1') }));
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf(1),
        UpdateExpression: 'SET weight = :w',
        ExpressionAttributeValues: { ':w': { N: '2' } },
      }),
    );
    await client.send(new DeleteItemCommand({ TableName, Key: keyOf(1) }));
    await client.send(new DeleteItemCommand({ TableName, Key: keyOf(1) }));
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: [{ PutRequest: { Item: weighed(2, '3') } }] },
      }),
    );
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: weighed(2, '4') } }] }),
    );
    expect(writes).toEqual([
      { tableName: TableName, operation: 'PutItem', oldImage: undefined, newImage: weighed(1, '1') },
      { tableName: TableName, operation: 'UpdateItem', oldImage: weighed(1, '1'), newImage: weighed(1, '2') },
      { tableName: TableName, operation: 'DeleteItem', oldImage: weighed(1, '2'), newImage: undefined },
      { tableName: TableName, operation: 'BatchWriteItem', oldImage: undefined, newImage: weighed(2, '3') },
      {
        tableName: TableName,
        operation: 'TransactWriteItems',
        oldImage: weighed(2, '3'),
        newImage: weighed(2, '4'),
      },
    ]);
  });

  test('is a fact, an item each, with the key and nothing else', async () => {
    const { client, facts } = await embeddedUnderTest();
    const secret = { secret: { S: 'pssst' } };
    await client.send(new PutItemCommand({ TableName, Item: { ...secret, ...keyOf(1) } }));
    const RequestItems = {
      [TableName]: [
        { PutRequest: { Item: { ...keyOf(2), ...secret } } },
        { DeleteRequest: { Key: keyOf(1) } },
      ],
    };
    await client.send(new BatchWriteItemCommand({ RequestItems }));
    expect(facts).toEqual([
      { kind: 'table.written', tableName: TableName, operation: 'PutItem', key: 'depot=A, number=1' },
      { kind: 'table.written', tableName: TableName, operation: 'BatchWriteItem', key: 'depot=A, number=2' },
      { kind: 'table.written', tableName: TableName, operation: 'BatchWriteItem', key: 'depot=A, number=1' },
    ]);
  });

  test('that fails its condition is a fact and no write', async () => {
    const { client, facts, writes } = await embeddedUnderTest();
    const ConditionExpression = 'attribute_exists(depot)';
    await expect(
      client.send(new PutItemCommand({ TableName, Item: keyOf(1), ConditionExpression })),
    ).rejects.toThrow();
    const TransactItems = [
      { Put: { TableName, Item: keyOf(2) } },
      { Put: { TableName, Item: keyOf(3), ConditionExpression } },
    ];
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toThrow();
    expect(facts).toEqual([
      { kind: 'table.conditionFailed', tableName: TableName, operation: 'PutItem', key: 'depot=A, number=1' },
      {
        kind: 'table.conditionFailed',
        tableName: TableName,
        operation: 'TransactWriteItems',
        key: 'depot=A, number=3',
      },
    ]);
    expect(writes).toEqual([]);
  });

  test('that is invalid is no fact', async () => {
    const { client, facts } = await embeddedUnderTest();
    await expect(
      client.send(new PutItemCommand({ TableName, Item: { depot: { S: 'A' } } })),
    ).rejects.toThrow();
    expect(facts).toEqual([]);
  });
});
