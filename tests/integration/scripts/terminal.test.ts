import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { commandLine, onlyInMatrix, sampleOf } from 'serverless-loop/tests';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newItem, orderCreated, ruleAttributes } from './letters.ts';
import { type StackUnderRepair, stackUnderRepair } from './stack-under-repair.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const RULE = 'OrderCreatedDeadLetterQueueUrl';
const CTRL_C = '\u0003';

/** util-linux's `script` gives a command a terminal; that of macOS takes other options. */
const hasScript =
  process.platform === 'linux' && spawnSync('script', ['--version'], { encoding: 'utf8' }).status === 0;

let stack: StackUnderRepair;
beforeAll(async () => {
  stack = await stackUnderRepair();
});
afterEach(() => stack.clear());
afterAll(() => stack.stop());

/** Runs a command in a terminal, where a person reads and types. */
function inTerminal(...command: string[]) {
  const words = [process.execPath, ...commandLine(command)];
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qfec', quoted, '/dev/null'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'xterm', AWS_ENDPOINT_URL: stack.endpoint },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  child.stdout.on('data', (chunk) => {
    screen += String(chunk);
  });
  return {
    async shows(text: string): Promise<void> {
      while (!screen.includes(text)) await once(child.stdout, 'data');
    },
    type: (text: string) => child.stdin.write(text),
    async ended(): Promise<{ status: number | null; screen: string }> {
      const [status] = await once(child, 'close');
      return { status, screen };
    },
  };
}

/** NEW orders, 20 minutes old, whose events the rule could not deliver. */
async function stuckOrders(count: number): Promise<string[]> {
  const createdAt = new Date(Date.now() - 20 * 60_000).toISOString();
  const orders = Array.from({ length: count }, () => randomUUID());
  for (const orderId of orders) {
    await stack.table.send(
      new PutCommand({ TableName: stack.output('OrdersTableName'), Item: newItem(orderId, createdAt) }),
    );
    await stack.send(
      RULE,
      JSON.stringify(orderCreated(orderId, createdAt)),
      ruleAttributes(stack.output('OrderProcessorFunctionArn')),
    );
  }
  return orders;
}

const statusOf = async (orderId = '') => (await stack.item(orderId))?.status;

describe.runIf(hasScript)('in a terminal', () => {
  test('redrive says what it would do, asks, and shows how far it is', async () => {
    const [orderId] = await stuckOrders(3);
    const terminal = inTerminal('scripts/redrive.ts', '--queue', 'rule');
    await terminal.shows('Send 3 again? [y/N]');
    expect(await statusOf(orderId)).toBe('NEW');
    terminal.type('y\r');
    const { status, screen } = await terminal.ended();
    expect(status).toBe(0);
    expect(screen).toMatch(
      /3 taken[\s\S]*3 x NO_PERMISSIONS[\s\S]*Send 3 again\?[\s\S]*2 of 3[\s\S]*3 sent again and deleted/,
    );
    await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
  });

  test.each(
    sampleOf(
      [
        ['Ctrl-C', CTRL_C],
        ['no', 'n\r'],
        ['nothing', '\r'],
      ] as const,
      1,
    ),
  )('redrive takes %s for no, and gives all back', async (_what, typed) => {
    await stuckOrders(2);
    const terminal = inTerminal('scripts/redrive.ts', '--queue', 'rule');
    await terminal.shows('Send 2 again? [y/N]');
    terminal.type(typed);
    const { status, screen } = await terminal.ended();
    expect(status).toBe(1);
    expect(screen).toContain('Nothing was sent, nothing deleted.');
    expect(await stack.depth(RULE)).toEqual({ visible: 2, held: 0 });
  });

  test('republish asks before it scans and before it publishes, and shows how far it is', async () => {
    const [orderId] = await stuckOrders(3);
    const terminal = inTerminal('scripts/republish.ts', '--older-than', '15m');
    await terminal.shows('Scan it? [y/N]');
    terminal.type('y\r');
    await terminal.shows('Publish 3 again? [y/N]');
    expect(await statusOf(orderId)).toBe('NEW');
    terminal.type('y\r');
    const { status, screen } = await terminal.ended();
    expect(status).toBe(0);
    expect(screen).toMatch(/read request units[\s\S]*3 found in[\s\S]*2 of 3[\s\S]*3 published again/);
    await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
  });

  onlyInMatrix(() => {
    test('republish takes no for an answer to either', async () => {
      const [orderId] = await stuckOrders(1);
      const first = inTerminal('scripts/republish.ts', '--older-than', '15m');
      await first.shows('Scan it? [y/N]');
      first.type('n\r');
      expect(await first.ended()).toMatchObject({
        status: 1,
        screen: expect.not.stringContaining('still NEW'),
      });

      const second = inTerminal('scripts/republish.ts', '--older-than', '15m');
      await second.shows('Scan it? [y/N]');
      second.type('y\r');
      await second.shows('Publish 1 again? [y/N]');
      second.type(CTRL_C);
      const { status, screen } = await second.ended();
      expect(status).toBe(1);
      expect(screen).toContain('Nothing was published.');
      expect(await statusOf(orderId)).toBe('NEW');
    });
  });
});
