import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { runInProcess } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyedHashOf } from '../../../src/adapters/request-hash.ts';
import { order } from './letters.ts';
import { type StackUnderRepair, stackUnderRepair } from './stack-under-repair.ts';

let stack: StackUnderRepair;
beforeAll(async () => {
  stack = await stackUnderRepair();
});
afterAll(async () => {
  await stack.stop();
});

const command = (file: string, ...args: string[]) =>
  runInProcess([file, ...args], { env: { AWS_ENDPOINT_URL: stack.endpoint } });
const erase = (...args: string[]) => command('scripts/erase.ts', ...args);
const statusOf = async (orderId: string) => (await stack.item(orderId))?.status;

/** Everything of a customer's, each with a word that is found again. */
const personal = {
  customer: { name: 'Xanthippe Secret', email: 'secret@example.com', phone: '+4915112345678' },
  delivery: {
    method: 'EXPRESS',
    address: {
      line1: '1 Secret Street',
      line2: 'Secret',
      city: 'Secretton',
      postcode: 'SECRET1',
      country: 'DE',
    },
    notes: 'secretly',
  },
};

async function processedOrder(idempotencyKey: string): Promise<string> {
  const { orderId } = await stack.place(order({ ...personal, idempotencyKey }));
  await expect.poll(() => statusOf(String(orderId))).toBe('PROCESSED');
  return String(orderId);
}

describe('erase', () => {
  test("removes the customer's data of an order, keeps its history, and a repeat is still answered", async () => {
    const idempotencyKey = `secret-${randomUUID()}`;
    const orderId = await processedOrder(idempotencyKey);
    const other = await processedOrder(`other-${randomUUID()}`);
    const [before, untouched] = [await stack.item(orderId), await stack.item(other)];

    const { status, stdout, stderr } = await erase(orderId);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('customer');
    expect(stdout).not.toMatch(/secret/i);

    const item = await stack.item(orderId);
    expect(JSON.stringify(item)).not.toMatch(/secret|\+49/i);
    expect(item).toEqual({
      orderId,
      status: 'PROCESSED',
      createdAt: before?.createdAt,
      processedAt: before?.processedAt,
      history: before?.history,
      delivery: { method: 'EXPRESS' },
      snacks: order().snacks,
      keyedHash: keyedHashOf(idempotencyKey, String(before?.requestHash)),
      ...(before?.expiresAt !== undefined && { expiresAt: before.expiresAt }),
    });
    expect(await stack.item(other)).toEqual(untouched);

    expect(await stack.place(order({ ...personal, idempotencyKey }))).toMatchObject({
      accepted: true,
      orderId,
      status: 'PROCESSED',
      duplicate: true,
    });
    expect(
      await stack.place(
        order({ ...personal, customer: { ...personal.customer, name: 'Another' }, idempotencyKey }),
      ),
    ).toEqual({ accepted: false, error: 'IdempotencyConflict', orderId });
    const again = await erase(orderId);
    expect({ status: again.status, stdout: again.stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining("Nothing of the customer's is left"),
    });
    expect(await stack.item(orderId)).toEqual(item);
    expect(await stack.place(order({ ...personal, idempotencyKey }))).toMatchObject({ duplicate: true });
  });

  test('another order under the key of one that was erased before there was a mark is refused, not lost', async () => {
    const idempotencyKey = `secret-${randomUUID()}`;
    const orderId = await processedOrder(idempotencyKey);
    await erase(orderId);
    const { keyedHash, ...Item } = (await stack.item(orderId)) ?? {};
    expect(keyedHash).toEqual(expect.any(String));
    await stack.table.send(new PutCommand({ TableName: stack.output('OrdersTableName'), Item }));
    const answer = await stack.place(order({ ...personal, idempotencyKey }));
    expect(answer).toEqual({ accepted: false, error: 'IdempotencyConflict', orderId });
  });

  test('keeps a mark of an order that was stored before there were hashes, too', async () => {
    const idempotencyKey = `secret-${randomUUID()}`;
    const orderId = await processedOrder(idempotencyKey);
    const { requestHash, ...Item } = (await stack.item(orderId)) ?? {};
    await stack.table.send(new PutCommand({ TableName: stack.output('OrdersTableName'), Item }));
    await erase(orderId);
    expect((await stack.item(orderId))?.keyedHash).toBe(keyedHashOf(idempotencyKey, String(requestHash)));
  });

  test('leaves a NEW order one that can be published and processed', async () => {
    const orderId = randomUUID();
    const at = '2026-01-01T00:00:00.000Z';
    const Item = {
      ...order(personal),
      orderId,
      status: 'NEW',
      createdAt: at,
      history: [{ status: 'NEW', at }],
    };
    await stack.table.send(new PutCommand({ TableName: stack.output('OrdersTableName'), Item }));
    expect((await erase(orderId)).status).toBe(0);
    const { stdout } = await command('scripts/republish.ts', '--older-than', '0s', '--yes');
    expect(stdout).toContain('1 published again');
    await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
  });

  test('erases what it does not know, whatever its name', async () => {
    const orderId = randomUUID();
    const Item = {
      orderId,
      status: 'NEW',
      'loyalty.number': 'secret',
      __proto__x: 'secret',
      'a b#c': 'secret',
    };
    await stack.table.send(new PutCommand({ TableName: stack.output('OrdersTableName'), Item }));
    expect((await erase(orderId)).status).toBe(0);
    expect(await stack.item(orderId)).toEqual({ orderId, status: 'NEW' });
  });

  test('changes nothing in a dry run', async () => {
    const orderId = await processedOrder(randomUUID());
    const before = await stack.item(orderId);
    const { status, stdout } = await erase(orderId, '--dry-run');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('Would erase customer'),
    });
    expect(await stack.item(orderId)).toEqual(before);
  });

  test('makes no order of an id that has none', async () => {
    const orderId = randomUUID();
    const { status, stderr } = await erase(orderId);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`No order ${orderId}`) });
    expect(await stack.item(orderId)).toBeUndefined();
  });
});
