import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTable, type Item, keySchema, putAll, type Subject } from './subject.ts';

const NUMBERS = [-20, -1, 0, 1, 2, 10, 300];

export function queriesContract(subject: () => Subject): void {
  let TableName: string;
  beforeAll(async () => {
    TableName = await createTable(
      subject(),
      { depot: 'S', number: 'N' },
      {
        attributes: { status: 'S', name: 'S' },
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byStatus',
            KeySchema: keySchema(['status', 'name']),
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      },
    );
    const boxOf = (depot: string, number: number): Item => ({
      depot: { S: depot },
      number: { N: String(number) },
      name: { S: `${depot}${number}` },
      ...(number > 0 ? { status: { S: 'open' } } : {}),
    });
    await putAll(subject(), TableName, [...NUMBERS.map((number) => boxOf('A', number)), boxOf('B', 5)]);
  });

  async function query(more: Partial<QueryCommandInput>, values: Item = {}) {
    return subject().client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'depot = :depot',
        ExpressionAttributeNames: more.KeyConditionExpression?.includes('#n')
          ? { '#n': 'number' }
          : undefined,
        ExpressionAttributeValues: { ':depot': { S: 'A' }, ...values },
        ...more,
      }),
    );
  }
  const numbersOf = ({ Items = [] }: { Items?: Item[] | undefined }) =>
    Items.map(({ number }) => Number(number?.N));

  describe('a query', () => {
    test('gives one partition in the order of the sort key', async () => {
      const found = await query({});
      expect(numbersOf(found)).toEqual(NUMBERS);
      expect(found).toMatchObject({ Count: NUMBERS.length, ScannedCount: NUMBERS.length });
    });

    test('gives the reverse order too', async () => {
      expect(numbersOf(await query({ ScanIndexForward: false }))).toEqual(NUMBERS.toReversed());
    });

    test.each<[string, Item, number[]]>([
      ['#n = :a', { ':a': { N: '2' } }, [2]],
      ['#n < :a', { ':a': { N: '1' } }, [-20, -1, 0]],
      ['#n <= :a', { ':a': { N: '1' } }, [-20, -1, 0, 1]],
      ['#n > :a', { ':a': { N: '2' } }, [10, 300]],
      ['#n >= :a', { ':a': { N: '2' } }, [2, 10, 300]],
      ['#n BETWEEN :a AND :b', { ':a': { N: '-1' }, ':b': { N: '2' } }, [-1, 0, 1, 2]],
    ])('with %s', async (condition, values, expected) => {
      expect(
        numbersOf(await query({ KeyConditionExpression: `depot = :depot AND ${condition}` }, values)),
      ).toEqual(expected);
    });

    test.each([true, false])('pages through all once, forward %s', async (ScanIndexForward) => {
      const seen: number[] = [];
      let start: Item | undefined;
      do {
        const page = await query({
          Limit: 3,
          ScanIndexForward,
          ...(start ? { ExclusiveStartKey: start } : {}),
        });
        expect(page.Count).toBeLessThanOrEqual(3);
        seen.push(...numbersOf(page));
        start = page.LastEvaluatedKey;
      } while (start);
      expect(seen).toEqual(ScanIndexForward ? NUMBERS : NUMBERS.toReversed());
    });

    test('filters after counting what it scanned', async () => {
      const filter = {
        FilterExpression: 'attribute_exists(#s)',
        ExpressionAttributeNames: { '#s': 'status' },
      };
      const found = await query(filter);
      expect(numbersOf(found)).toEqual([1, 2, 10, 300]);
      expect(found).toMatchObject({ Count: 4, ScannedCount: NUMBERS.length });
    });

    test('can just count', async () => {
      const counted = await query({ Select: 'COUNT' });
      expect(counted.Count).toBe(NUMBERS.length);
      expect(counted.Items).toBeUndefined();
    });

    test('of an index finds only items that have its key', async () => {
      const found = await query({
        IndexName: 'byStatus',
        KeyConditionExpression: '#s = :open AND begins_with(#n, :depot)',
        ExpressionAttributeNames: { '#s': 'status', '#n': 'name' },
        ExpressionAttributeValues: { ':open': { S: 'open' }, ':depot': { S: 'A' } },
      });
      expect(found.Items?.map(({ name }) => name?.S)).toEqual(['A1', 'A10', 'A2', 'A300']);
    });

    test.each<[string, Partial<QueryCommandInput>, Item]>([
      ['without the partition key', { KeyConditionExpression: '#n = :depot' }, {}],
      ['of an index that is not there', { IndexName: 'byNothing' }, {}],
      ['with a filter on the key', { FilterExpression: 'depot = :depot' }, {}],
    ])('%s is refused', async (_what, input, values) => {
      await expect(query(input, values)).rejects.toMatchObject({ name: 'ValidationException' });
    });
  });
}
