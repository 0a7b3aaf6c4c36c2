import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { invokeWithText, orderWithStatus, output, PATIENCE_MS } from './system.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../events');
const files = (pattern: string) => globSync(pattern, { cwd: FOLDER }).sort();

function send(file: string) {
  return invokeWithText(output('OrderCreatorFunctionName'), readFileSync(path.join(FOLDER, file), 'utf8'));
}

const REFUSED = files('order-invalid*.json');
const ACCEPTED = files('order*.json').filter(
  (file) => !REFUSED.includes(file) && !/^order-(created|repeat)/.test(file),
);

describe('a test payload of events/', { timeout: PATIENCE_MS + 5_000 }, () => {
  test('is there of either kind', () => {
    expect(ACCEPTED.length).toBeGreaterThan(5);
    expect(REFUSED.length).toBeGreaterThan(10);
  });

  test.each(ACCEPTED)('%s becomes a processed order', async (file) => {
    const { answer, functionError } = await send(file);
    expect(functionError).toBeUndefined();
    expect(answer).toMatchObject({ accepted: true });
    await orderWithStatus(String(answer.orderId), 'PROCESSED');
  });

  test.each(REFUSED)('%s is refused', async (file) => {
    const { answer, functionError } = await send(file);
    expect(functionError).toBeUndefined();
    expect(answer).toMatchObject({ accepted: false, error: 'InvalidOrder' });
  });

  test('order-repeat.json is the order of order-with-key.json, and order-repeat-changed.json is none', async () => {
    const { answer } = await send('order-with-key.json');
    const repeated = await send('order-repeat.json');
    expect(repeated.answer).toMatchObject({ accepted: true, duplicate: true, orderId: answer.orderId });
    const changed = await send('order-repeat-changed.json');
    expect(changed.answer).toMatchObject({
      accepted: false,
      error: 'IdempotencyConflict',
      orderId: answer.orderId,
    });
  });
});
