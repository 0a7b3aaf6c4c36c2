import { BatchGetItemCommand, BatchWriteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { createTable, putAll, type Subject } from './subject.ts';

const keyOf = (id: string) => ({ id: { S: id } });

export function batchesContract(subject: () => Subject): void {
  describe('a batch', () => {
    test('puts and deletes in several tables', async () => {
      const { client } = subject();
      const [boxes, crates] = [
        await createTable(subject(), { id: 'S' }),
        await createTable(subject(), { id: 'S' }),
      ];
      await putAll(subject(), boxes, [keyOf('old'), keyOf('kept')]);
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [boxes]: [{ PutRequest: { Item: keyOf('new') } }, { DeleteRequest: { Key: keyOf('old') } }],
            [crates]: [{ PutRequest: { Item: keyOf('crate') } }],
          },
        }),
      );
      expect(UnprocessedItems).toEqual({});
      const ids = async (TableName: string) =>
        (await client.send(new ScanCommand({ TableName }))).Items?.map(({ id }) => id?.S).sort();
      expect(await ids(boxes)).toEqual(['kept', 'new']);
      expect(await ids(crates)).toEqual(['crate']);
    });

    test('gets what is there', async () => {
      const { client } = subject();
      const table = await createTable(subject(), { id: 'S' });
      await putAll(subject(), table, [{ ...keyOf('a'), n: { N: '1' } }, keyOf('b')]);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: ['a', 'b', 'c'].map(keyOf) } } }),
      );
      expect(UnprocessedKeys).toEqual({});
      expect(Responses?.[table]).toHaveLength(2);
      expect(Responses?.[table]).toEqual(
        expect.arrayContaining([{ ...keyOf('a'), n: { N: '1' } }, keyOf('b')]),
      );
    });

    test('takes at most 25 writes, and no item twice', async () => {
      const { client } = subject();
      const table = await createTable(subject(), { id: 'S' });
      const putOf = (id: string) => ({ PutRequest: { Item: keyOf(id) } });
      for (const ids of [Array.from({ length: 26 }, (_, at) => String(at)), ['same', 'same']]) {
        const write = new BatchWriteItemCommand({ RequestItems: { [table]: ids.map(putOf) } });
        await expect(client.send(write)).rejects.toMatchObject({ name: 'ValidationException' });
      }
      expect((await client.send(new ScanCommand({ TableName: table, Select: 'COUNT' }))).Count).toBe(0);
    });

    test('of a table that is not there fails as a whole', async () => {
      const RequestItems = { 'contract-missing': [{ PutRequest: { Item: keyOf('a') } }] };
      await expect(subject().client.send(new BatchWriteItemCommand({ RequestItems }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    });
  });
}
