import { ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTable, type Item, putAll, type Subject } from './subject.ts';

const IDS = Array.from({ length: 40 }, (_, at) => `box${at}`);

export function scansContract(subject: () => Subject): void {
  let TableName: string;
  beforeAll(async () => {
    TableName = await createTable(subject(), { id: 'S' });
    await putAll(
      subject(),
      TableName,
      IDS.map((id, at) => ({ id: { S: id }, at: { N: String(at) } })),
    );
  });

  async function scanAll(input: Partial<ScanCommandInput>): Promise<(string | undefined)[]> {
    const ids: (string | undefined)[] = [];
    let start: Item | undefined;
    do {
      const page = await subject().client.send(
        new ScanCommand({ TableName, ...input, ...(start ? { ExclusiveStartKey: start } : {}) }),
      );
      ids.push(...(page.Items ?? []).map(({ id }) => id?.S));
      start = page.LastEvaluatedKey;
    } while (start);
    return ids;
  }

  describe('a scan', () => {
    test('gives every item once', async () => {
      expect((await scanAll({})).toSorted()).toEqual(IDS.toSorted());
    });

    test('gives every item once, page by page', async () => {
      expect((await scanAll({ Limit: 7 })).toSorted()).toEqual(IDS.toSorted());
    });

    test('in segments gives every item in one of them', async () => {
      const segments = await Promise.all(
        [0, 1, 2].map((Segment) => scanAll({ Segment, TotalSegments: 3, Limit: 5 })),
      );
      expect(segments.flat().toSorted()).toEqual(IDS.toSorted());
    });

    test('can be filtered', async () => {
      const found = await scanAll({
        FilterExpression: '#at < :three',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':three': { N: '3' } },
      });
      expect(found.toSorted()).toEqual(['box0', 'box1', 'box2']);
    });

    test('can just count', async () => {
      const { Count, Items } = await subject().client.send(new ScanCommand({ TableName, Select: 'COUNT' }));
      expect({ Count, Items }).toEqual({ Count: IDS.length, Items: undefined });
    });
  });
}
