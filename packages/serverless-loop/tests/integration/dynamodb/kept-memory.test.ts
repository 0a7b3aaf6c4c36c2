import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import type { Call } from '../../../src/aws/operation.ts';
import { startEmbeddedDynamoDb } from '../../../src/services/dynamodb/embedded.ts';
import { called } from '../../operation-calls.ts';
import { boxesTable, place } from './running-dynamodb.ts';

const ITEMS = 500;
const CONTENT_BYTES = 2000;

test('a kept item takes little more memory than its text', async () => {
  const { service, stop } = await startEmbeddedDynamoDb({
    place,
    tables: [boxesTable()],
    report: () => undefined,
  });
  onTestFinished(() => stop());
  const call: Call = {
    caller: {},
    requestId: 'r-1',
    endpoint: 'http://127.0.0.1:1',
    signal: new AbortController().signal,
  };
  const put = (number: number) => {
    const Item = { depot: { S: 'A' }, number: { N: `${number}` }, content: { S: 'x'.repeat(CONTENT_BYTES) } };
    return called(service.operations.PutItem, { TableName: 'boxes', Item }, call);
  };

  await put(0);
  const before = bytesOfBuffers();
  for (let number = 1; number <= ITEMS; number += 1) {
    await put(number);
    // Other objects that a process makes meanwhile and drops.
    for (let other = 0; other < 10; other += 1) Buffer.from('y'.repeat(1000));
  }

  expect((bytesOfBuffers() - before) / ITEMS).toBeLessThan(2 * CONTENT_BYTES);
});

function bytesOfBuffers(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  // Buffers of the first collection are counted until they are swept, which the second waits for.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}
