import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { runInProcess } from 'serverless-loop/tests';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../unit/app/template.ts';
import { order } from './letters.ts';
import { type StackUnderRepair, stackUnderRepair } from './stack-under-repair.ts';

const ACCOUNT = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
/** Oldest first. */
const orderIds = Array.from({ length: 4 }, () => randomUUID());

let stack: StackUnderRepair;
beforeAll(async () => {
  stack = await stackUnderRepair();
  for (const [index, orderId] of orderIds.entries()) {
    const at = `2026-01-0${index + 1}T00:00:00.000Z`;
    const status = index % 2 === 0 ? 'NEW' : 'PROCESSED';
    const Item = { ...order(), orderId, status, createdAt: at, history: [{ status: 'NEW', at }] };
    await stack.table.send(new PutCommand({ TableName: stack.output('OrdersTableName'), Item }));
  }
});
afterAll(() => stack.stop());

const listed = async (...args: string[]) => {
  const { stdout, ...finished } = await runInProcess(['scripts/order.ts', ...args], {
    env: { AWS_ENDPOINT_URL: stack.endpoint },
  });
  return { ...finished, ids: stdout.split('\n').map((line) => /[0-9a-f-]{36}/.exec(line)?.[0]), stdout };
};

test('without an id the newest orders are listed, newest first, with nothing of a customer', async () => {
  const { status, ids, stdout, stderr } = await listed();
  expect(status).toBe(0);
  expect(ids.slice(0, 4)).toEqual(orderIds.toReversed());
  expect(stdout).toMatch(/^2026-01-04T00:00:00\.000Z {2}PROCESSED {2}[0-9a-f-]{36} {2}\w+\n/);
  expect(stderr).toMatch(/^4 of 4 orders read, [\d.]+ read request units\.\n$/);
  expect(stdout).not.toContain(order().customer.name);
});

test('by status and up to a limit', async () => {
  const { ids } = await listed('--status', 'new', '--limit', '1');
  expect(ids.slice(0, -1)).toEqual([orderIds[2]]);
  const { stdout, stderr } = await listed('--status', 'PROCESSED', '--json');
  const found = JSON.parse(stdout);
  expect(found.map(({ orderId }: { orderId: string }) => orderId)).toEqual([orderIds[3], orderIds[1]]);
  expect(found[0]).toEqual({
    orderId: orderIds[3],
    status: 'PROCESSED',
    createdAt: '2026-01-04T00:00:00.000Z',
    deliveryMethod: expect.any(String),
  });
  expect(stderr).toContain('2 of 4 orders read');
});

test.each([
  ['by the name of the stack', () => ['--stack-name', 'serverless-snacks-dev'], () => ({})],
  ['by the name of the table', () => ['--table', stack.output('OrdersTableName')], () => ({})],
  ['by its outputs', () => [], () => ({ STACK_OUTPUTS: JSON.stringify(stack.outputs) })],
])('finds the table %s', async (_how, args, variables) => {
  const env = { ...ACCOUNT, AWS_ENDPOINT_URL: stack.endpoint, ...variables() };
  const { status, stdout } = await runInProcess(['scripts/order.ts', '--limit', '1', ...args()], { env });
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining(String(orderIds[3])) });
});

test('whoever reads the list may go before its end', async () => {
  const script = `'${process.execPath}' scripts/launch.mjs scripts/order.ts | true`;
  const child = spawn('/bin/sh', ['-c', script], {
    cwd: path.resolve(ROOT),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, AWS_ENDPOINT_URL: stack.endpoint },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect(stderr).not.toContain('    at ');
});
