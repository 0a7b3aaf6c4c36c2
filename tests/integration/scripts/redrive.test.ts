import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { runInProcess, sampleOf } from 'serverless-loop/tests';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { type Fault, faultProxy } from './fault-proxy.ts';
import { failureRecord, newItem, order, orderCreated, ruleAttributes } from './letters.ts';
import { repair, type StackUnderRepair, stackUnderRepair } from './stack-under-repair.ts';

const CREATED_AT = '2026-01-01T00:00:00.000Z';
const RULE = 'OrderCreatedDeadLetterQueueUrl';
const PROCESSOR = 'OrderProcessorFailureQueueUrl';
const CREATOR = 'OrderCreatorFailureQueueUrl';
const EMPTY = { visible: 0, held: 0 };

let stack: StackUnderRepair;
beforeAll(async () => {
  stack = await stackUnderRepair();
});
afterEach(() => stack.clear());
afterAll(() => stack.stop());

const start = (args: string[], endpoint = stack.endpoint) =>
  repair(['scripts/redrive.ts', ...args], { AWS_ENDPOINT_URL: endpoint });
const redrive = (args: string[], endpoint = stack.endpoint) =>
  runInProcess(['scripts/redrive.ts', ...args], { env: { AWS_ENDPOINT_URL: endpoint } });
const processor = () => stack.output('OrderProcessorFunctionArn');

/** A NEW order whose event the rule could not deliver. */
async function stuckOrder(): Promise<string> {
  const orderId = randomUUID();
  await stack.table.send(
    new PutCommand({ TableName: stack.output('OrdersTableName'), Item: newItem(orderId, CREATED_AT) }),
  );
  await stack.send(RULE, JSON.stringify(orderCreated(orderId, CREATED_AT)), ruleAttributes(processor()));
  return orderId;
}

async function stuckOrders(count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, stuckOrder));
}

const statusOf = async (orderId: string) => (await stack.item(orderId))?.status;

describe('redrive', () => {
  test("sends a rule's dead letters to their target and deletes them", async () => {
    const orders = await stuckOrders(12);
    const { status, stdout, stderr } = await start(['--queue', 'rule', '--yes']).ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('12 messages to send again');
    expect(stdout).toContain(`12 x NO_PERMISSIONS at ${processor()}`);
    expect(stdout).toContain('12 sent again and deleted, 0 failed');
    expect(await stack.depth(RULE)).toEqual(EMPTY);
    for (const orderId of orders) {
      await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
    }
  });

  test("sends what the processor failed at, from Lambda's own record, to the alias that failed", async () => {
    const orderId = randomUUID();
    await stack.send(
      PROCESSOR,
      JSON.stringify(failureRecord(processor(), orderCreated(orderId, CREATED_AT))),
    );
    const invoked: string[] = [];
    const proxy = await faultProxy(stack.endpoint, ({ operation }) => {
      if (operation.includes('/invocations')) invoked.push(operation);
      return undefined;
    });
    const { status, stdout } = await redrive(['--queue', 'processor', '--yes'], proxy);
    expect(stdout).toContain('1 x TimeoutError at');
    expect(stdout).toContain('such as: took too long');
    expect(status).toBe(0);
    expect(invoked).toEqual([expect.stringContaining(':live/invocations')]);
    // There is no such order: the event fails three times more and is on the queue again, as the usual way goes.
    await expect.poll(() => stack.depth(PROCESSOR)).toEqual({ visible: 1, held: 0 });
    const [body = ''] = await stack.bodies(PROCESSOR);
    expect(JSON.parse(body)).toMatchObject({
      requestContext: {
        functionArn: processor(),
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      responsePayload: { errorType: 'OrderNotFound' },
    });
    // And what Lambda wrote can be read again.
    const again = await redrive(['--queue', 'processor', '--dry-run']);
    expect(again.stdout).toContain('1 x OrderNotFound at');
  });

  test('sends what the creator failed at as the same order, with a key or without', async () => {
    const creator = stack.output('OrderCreatorFunctionArn');
    const [requestId, idempotencyKey] = [randomUUID(), randomUUID()];
    const withoutKey = orderIdFor({}, requestId);
    const withKey = orderIdFor({ idempotencyKey }, randomUUID());
    // The first try stored the order without a key and failed to publish it.
    await stack.table.send(
      new PutCommand({ TableName: stack.output('OrdersTableName'), Item: newItem(withoutKey, CREATED_AT) }),
    );
    await stack.send(CREATOR, JSON.stringify(failureRecord(creator, order(), requestId)));
    await stack.send(CREATOR, JSON.stringify(failureRecord(creator, order({ idempotencyKey }))));
    const { status, stdout } = await redrive(['--queue', 'creator', '-y']);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/Robin|robin@/);
    for (const orderId of [withoutKey, withKey]) {
      await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
    }
  });

  test("finds a stack by its outputs, and the service by the SDK's own environment variables", async () => {
    await stuckOrder();
    const listed = Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
    }));
    const env = {
      STACK_OUTPUTS: JSON.stringify(listed),
      AWS_ENDPOINT_URL: stack.endpoint,
      AWS_REGION: stack.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    const { status, stderr } = await runInProcess(['scripts/redrive.ts', '--queue', 'rule', '--yes'], {
      env,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await stack.depth(RULE)).toEqual(EMPTY);
  });

  test('changes nothing in a dry run', async () => {
    const [orderId = ''] = await stuckOrders(2);
    const { status, stdout } = await redrive(['--queue', 'rule', '--dry-run']);
    expect(status).toBe(0);
    expect(stdout).toContain('2 messages to send again');
    expect(stdout).toContain('Nothing was sent, nothing deleted.');
    expect(await stack.depth(RULE)).toEqual({ visible: 2, held: 0 });
    expect(await statusOf(orderId)).toBe('NEW');
  });

  test('sends no more than it is asked to', async () => {
    await stuckOrders(12);
    const { status, stdout } = await redrive(['--queue', 'rule', '--yes', '--limit', '11']);
    expect(status).toBe(0);
    expect(stdout).toContain('11 messages to send again, and there may be more');
    expect(await stack.depth(RULE)).toEqual({ visible: 1, held: 0 });
  });

  test('refuses to go on where it can ask nobody', async () => {
    await stuckOrder();
    const { status, stderr } = await redrive(['--queue', 'rule']);
    expect(status).toBe(2);
    expect(stderr).toContain('--yes');
    expect(await stack.depth(RULE)).toEqual({ visible: 1, held: 0 });
  });

  test('leaves alone what is no envelope, or is for another function', async () => {
    const creator = stack.output('OrderCreatorFunctionArn');
    const event = orderCreated(randomUUID(), CREATED_AT);
    const strange: [string, Record<string, string>?][] = [
      ['no JSON'],
      ['[]'],
      [JSON.stringify(event)],
      [JSON.stringify(event), ruleAttributes(creator)],
      [JSON.stringify(event), ruleAttributes('arn:aws:lambda:us-east-1:000000000000:function:\u200eevil')],
      [JSON.stringify({ box: 7 }), ruleAttributes(processor())],
      [JSON.stringify(failureRecord('\u001b[2J', event))],
      [JSON.stringify({ ...failureRecord(processor(), event), requestPayload: undefined })],
    ];
    for (const [body, attributes] of strange) await stack.send(RULE, body, attributes);
    const { status, stdout } = await redrive(['--queue', 'rule', '--yes']);
    expect(status).toBe(0);
    expect(stdout).toContain('0 messages to send again');
    expect(stdout).toContain('8 messages left alone');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(await stack.depth(RULE)).toEqual({ visible: 8, held: 0 });
    expect(stack.factsOf('invocation.started')).toEqual([]);
  });

  test('keeps every message that a throttled function does not accept', async () => {
    await stuckOrders(3);
    const fault: Fault = ({ operation }) =>
      operation.includes('/invocations') ? { status: 429, code: 'TooManyRequestsException' } : undefined;
    const { status, stdout } = await redrive(
      ['--queue', 'rule', '--yes'],
      await faultProxy(stack.endpoint, fault),
    );
    expect(status).toBe(1);
    expect(stdout).toContain('0 sent again and deleted, 3 failed');
    expect(stdout).toContain('TooManyRequestsException');
    expect(await stack.depth(RULE)).toEqual({ visible: 3, held: 0 });
  });

  test('says what was sent and could not be deleted', async () => {
    const orderId = await stuckOrder();
    const fault: Fault = ({ operation }) =>
      operation === 'AmazonSQS.DeleteMessage' ? { status: 403, code: 'AccessDeniedException' } : undefined;
    const { status, stdout } = await redrive(
      ['--queue', 'rule', '--yes'],
      await faultProxy(stack.endpoint, fault),
    );
    expect(status).toBe(1);
    expect(stdout).toContain('0 sent again and deleted, 0 failed, 1 sent but not deleted');
    await expect.poll(() => statusOf(orderId)).toBe('PROCESSED');
  });

  test('ends with the reason when the queue refuses, and gives back what it had', async () => {
    await stuckOrders(11);
    let receives = 0;
    const fault: Fault = ({ operation }) => {
      if (operation !== 'AmazonSQS.ReceiveMessage') return undefined;
      receives += 1;
      return receives > 1 ? { status: 403, code: 'AccessDeniedException' } : undefined;
    };
    const { status, stderr } = await redrive(
      ['--queue', 'rule', '--yes'],
      await faultProxy(stack.endpoint, fault),
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'AccessDeniedException: refused by the test\n' });
    expect(await stack.depth(RULE)).toEqual({ visible: 11, held: 0 });
  });

  test.each(sampleOf(['SIGINT', 'SIGTERM'] as const, 1))(
    'finishes the message in hand at %s, gives the rest back and reports',
    async (signal) => {
      await stuckOrders(4);
      let sent = 0;
      const proxy = await faultProxy(stack.endpoint, async ({ operation }) => {
        if (!operation.includes('/invocations')) return undefined;
        sent += 1;
        if (sent === 1) await running.interrupt(signal);
        return undefined;
      });
      const running = start(['--queue', 'rule', '--yes'], proxy);
      const { status, stdout } = await running.ended;
      expect(status).toBe(1);
      expect(stdout).toMatch(/1 sent again and deleted, 0 failed, 3 not tried/);
      expect(stdout).toContain('interrupted');
      expect(await stack.depth(RULE)).toEqual({ visible: 3, held: 0 });
    },
  );

  test('sends a message once that it receives twice', async () => {
    await stuckOrder();
    let invocations = 0;
    let receives = 0;
    const proxy = await faultProxy(stack.endpoint, ({ operation, body }) => {
      if (operation.includes('/invocations')) invocations += 1;
      if (operation !== 'AmazonSQS.ReceiveMessage') return undefined;
      receives += 1;
      // The message of the first receive is not held: the second brings it again.
      return receives === 1
        ? { body: JSON.stringify({ ...JSON.parse(body), VisibilityTimeout: 0 }) }
        : undefined;
    });
    const { status, stdout } = await redrive(['--queue', 'rule', '--yes'], proxy);
    expect(stdout).toContain('1 message to send again');
    expect({ status, invocations }).toEqual({ status: 0, invocations: 1 });
    expect(receives).toBe(2);
    expect(await stack.depth(RULE)).toEqual(EMPTY);
  });
});
