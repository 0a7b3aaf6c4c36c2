import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { runInProcess } from 'serverless-loop/tests';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, faultProxy } from './fault-proxy.ts';
import { newItem } from './letters.ts';
import { repair, type StackUnderRepair, stackUnderRepair } from './stack-under-repair.ts';

const MINUTE_MS = 60_000;

let stack: StackUnderRepair;
beforeAll(async () => {
  stack = await stackUnderRepair();
});
afterEach(() => stack.clear());
afterAll(() => stack.stop());

const start = (args: string[], endpoint = stack.endpoint) =>
  repair(['scripts/republish.ts', ...args], { AWS_ENDPOINT_URL: endpoint });
const republish = (args: string[], endpoint = stack.endpoint) =>
  runInProcess(['scripts/republish.ts', ...args], { env: { AWS_ENDPOINT_URL: endpoint } });

/** An order that is NEW and that nobody was told of. */
async function stuckOrder(ageMs: number, more: Record<string, unknown> = {}): Promise<string> {
  const orderId = randomUUID();
  const item = { ...newItem(orderId, new Date(Date.now() - ageMs).toISOString()), ...more };
  await stack.table.send(new PutCommand({ TableName: stack.output('OrdersTableName'), Item: item }));
  return orderId;
}

const statusOf = async (orderId: string) => (await stack.item(orderId))?.status;

describe('republish', () => {
  test('publishes orders again that have been NEW for so long, and no other', async () => {
    const stuck = await Promise.all([20, 30, 40].map((minutes) => stuckOrder(minutes * MINUTE_MS)));
    const fresh = await stuckOrder(5 * MINUTE_MS);
    const processed = await stuckOrder(20 * MINUTE_MS, { status: 'PROCESSED' });
    const before = await stack.item(processed);

    const { status, stdout, stderr } = await republish(['--older-than', '15m', '--yes']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /reads the whole table: \d+ orders.*\n.*read request units: \$[\d.e-]+ in us-east-1[\s\S]*3 still NEW/,
    );
    expect(stdout).toContain('3 published again');
    expect(stdout).not.toMatch(/Robin|robin@|Ring twice/);
    for (const orderId of stuck) {
      await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
      expect(stdout).toContain(orderId);
    }
    expect(await statusOf(fresh)).toBe('NEW');
    expect(await stack.item(processed)).toEqual(before);

    const again = await republish(['--older-than', '15m', '--yes']);
    expect(again.stdout).toContain('0 still NEW');
    expect(again.status).toBe(0);
  });

  test('publishes nothing in a dry run', async () => {
    const orderId = await stuckOrder(20 * MINUTE_MS);
    const { status, stdout } = await republish(['--older-than', '15m', '--dry-run']);
    expect(status).toBe(0);
    expect(stdout).toContain('1 still NEW');
    expect(stdout).not.toContain('published');
    expect(await statusOf(orderId)).toBe('NEW');
  });

  test('publishes no more than it is asked to', async () => {
    const orders = await Promise.all([1, 2, 3].map(() => stuckOrder(20 * MINUTE_MS)));
    const { status, stdout } = await republish(['--older-than', '15m', '--yes', '--limit', '2']);
    expect(status).toBe(0);
    expect(stdout).toContain('2 published again');
    const processed = async () =>
      (await Promise.all(orders.map(statusOf))).filter((orderStatus) => orderStatus === 'PROCESSED').length;
    await expect.poll(processed).toBe(2);
  });

  test('reads pages to their end, in every segment', async () => {
    const notes = 'x'.repeat(300_000);
    for (let count = 0; count < 16; count += 1)
      await stuckOrder(20 * MINUTE_MS, { delivery: { method: 'PICKUP', notes } });
    const { status, stdout } = await republish(['--older-than', '15m', '--dry-run']);
    expect(status).toBe(0);
    expect(stdout).toContain('16 still NEW');
  });

  test('leaves alone what is no order, and says so', async () => {
    await stuckOrder(20 * MINUTE_MS, { snacks: 'all of them' });
    const good = await stuckOrder(20 * MINUTE_MS);
    const { status, stdout } = await republish(['--older-than', '15m', '--yes']);
    expect(status).toBe(1);
    expect(stdout).toContain("1 that can't be read, left alone");
    await expect.poll(() => statusOf(good)).toBe('PROCESSED');
  });

  test('reports each order that the bus does not take', async () => {
    const orderId = await stuckOrder(20 * MINUTE_MS);
    const fault: Fault = ({ operation }) =>
      operation === 'AWSEvents.PutEvents' ? { status: 400, code: 'AccessDeniedException' } : undefined;
    const { status, stdout } = await republish(
      ['--older-than', '15m', '--yes'],
      await faultProxy(stack.endpoint, fault),
    );
    expect(status).toBe(1);
    expect(stdout).toContain('0 published again');
    expect(stdout).toContain(`failed: ${orderId}: AccessDeniedException`);
  });

  test('publishes nothing when a part of the table cannot be read', async () => {
    const orderId = await stuckOrder(20 * MINUTE_MS);
    const fault: Fault = ({ operation, body }) =>
      operation === 'DynamoDB_20120810.Scan' && JSON.parse(body).Segment === 2
        ? { status: 400, code: 'AccessDeniedException' }
        : undefined;
    const { status, stderr } = await republish(
      ['--older-than', '15m', '--yes'],
      await faultProxy(stack.endpoint, fault),
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'AccessDeniedException: refused by the test\n' });
    expect(await statusOf(orderId)).toBe('NEW');
  });

  test('ends after the order in hand at an interrupt', async () => {
    for (let count = 0; count < 3; count += 1) await stuckOrder(20 * MINUTE_MS);
    let published = 0;
    const proxy = await faultProxy(stack.endpoint, async ({ operation }) => {
      if (operation !== 'AWSEvents.PutEvents') return undefined;
      published += 1;
      if (published === 1) await running.interrupt('SIGINT');
      return undefined;
    });
    const running = start(['--older-than', '15m', '--yes'], proxy);
    const { status, stdout } = await running.ended;
    expect(status).toBe(1);
    expect(stdout).toMatch(/1 published again.*, 0 failed, 2 not tried/);
  });

  test('refuses to go on where it can ask nobody', async () => {
    const { status, stdout, stderr } = await republish(['--older-than', '15m']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--yes');
  });
});
