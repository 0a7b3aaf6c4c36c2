import path from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type RunningLoop, startLoop } from 'serverless-loop';
import { afterAll, beforeAll, expect, test } from 'vitest';

const FOLDER = path.resolve('examples/scheduled-report');
const EVENING = new Date('2026-01-31T22:00:00Z');
const HOUR_MS = 3_600_000;

let loop: RunningLoop;
beforeAll(async () => {
  loop = await startLoop({
    template: path.join(FOLDER, 'template.yaml'),
    clock: { retries: 'manual', day: EVENING },
  });
});
afterAll(() => loop.stop());

async function sell(saleId: string, sku: string, pieces: number, cents: number): Promise<void> {
  const { endpoint, region } = loop;
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const Item = {
    day: { S: '2026-01-31' },
    saleId: { S: saleId },
    sku: { S: sku },
    pieces: { N: String(pieces) },
    cents: { N: String(cents) },
  };
  await client.send(new PutItemCommand({ TableName: loop.outputs.SalesTableName, Item }));
}

test('at six in the morning the day before is added up', async () => {
  await sell('1', 'popcorn', 1, 300);
  await sell('2', 'pretzel', 4, 1_000);
  await sell('3', 'popcorn', 2, 600);
  await loop.clock.advance(8 * HOUR_MS);
  const report = { day: '2026-01-31', sales: 3, pieces: 7, cents: 1_900 };
  const logged = await loop.facts.waitFor(
    (fact) => fact.kind === 'log' && fact.line.includes('daily report'),
  );
  if (logged.kind !== 'log') throw new Error('no log line');
  expect(JSON.parse(logged.line)).toMatchObject({
    level: 'INFO',
    report: {
      ...report,
      articles: [
        { sku: 'pretzel', pieces: 4 },
        { sku: 'popcorn', pieces: 3 },
      ],
    },
  });
});
