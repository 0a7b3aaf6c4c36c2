import { onlyInMatrix } from 'serverless-loop/tests';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { textOf } from '../app/events/event-files.ts';
import { denied, withoutPermission } from './failures.ts';
import { type OperatedStack, operatedStack } from './operated-stack.ts';
import { commandsOf } from './runbook.ts';

const CREATOR_QUEUE = 'OrderCreatorFailureQueueUrl';
const PROCESSOR_QUEUE = 'OrderProcessorFailureQueueUrl';
const RULE_QUEUE = 'OrderCreatedDeadLetterQueueUrl';
const ORDER = textOf('order-express.json');

let stack: OperatedStack;
beforeAll(async () => {
  stack = await operatedStack();
});
afterAll(() => stack.stop());
beforeEach(async () => {
  stack.trouble.end();
  await stack.pastAlarms();
});

const statusOf = async (orderId: unknown) => (await stack.system.storedOrder(orderId))?.status;
const lookAt = (alarm: string) => stack.runAll(commandsOf(alarm, 'lookAt'));
const repair = async (alarm: string) => {
  const printed = await stack.runAll(commandsOf(alarm, 'do'));
  await stack.system.settled();
  return printed;
};

/** An order that the creator took. */
async function placed(): Promise<string> {
  const { answer } = await stack.system.createOrder(ORDER);
  await stack.system.settled();
  return String(answer.orderId);
}

/** The ids of the orders that were written after that many writes. */
const writtenAfter = (count: number): string[] =>
  stack
    .factsOf('table.written')
    .slice(count)
    .map(({ key }) => key.replace(/^orderId=/, ''));

describe('an error of the processor', () => {
  test('is logged by name, its event waits in the queue, and is sent again once it is mended', async () => {
    stack.trouble.begin('UpdateItem', 'AccessDeniedException');
    const orderId = await placed();
    const rang = await stack.alarms();
    for (const alarm of [
      'OrderProcessorErrors',
      'OrderProcessorEventsDropped',
      'OrderProcessorFailureQueueDepth',
      'OrdersAtRisk',
    ])
      expect(rang).toContain(alarm);
    expect(await lookAt('OrdersAtRisk')).toContain('OrderProcessorFailureQueueDepth');
    expect(await lookAt('OrderProcessorErrors')).toContain('AccessDeniedException');
    expect(await lookAt('OrderProcessorFailureQueueDepth')).toContain('1 x AccessDeniedException at');
    expect(await statusOf(orderId)).toBe('NEW');

    stack.trouble.end();
    expect(await repair('OrderProcessorErrors')).toContain('1 sent again and deleted, 0 failed');
    expect(await statusOf(orderId)).toBe('PROCESSED');
    expect(await stack.depth(PROCESSOR_QUEUE)).toBe(0);
    await stack.alarms();
    expect(await lookAt('OrdersAtRisk')).not.toContain('OrderProcessor');
  });

  test('is repaired by the same commands whichever of its alarms rings', () => {
    const [redrive] = commandsOf('OrderProcessorFailureQueueDepth', 'do');
    expect(commandsOf('OrderProcessorErrors', 'do')).toContain(redrive);
  });
});

describe('an error of the creator', () => {
  test('of asynchronous calls waits in the queue, and is sent again once it is mended', async () => {
    stack.trouble.begin('PutEvents', 'AccessDeniedException');
    const before = stack.factsOf('table.written').length;
    await stack.system.createOrderAsync(ORDER);
    const rang = await stack.alarms();
    for (const alarm of [
      'OrderCreatorErrors',
      'OrderCreatorEventsDropped',
      'OrderCreatorFailureQueueDepth',
      'OrdersStayNew',
    ])
      expect(rang).toContain(alarm);
    expect(await lookAt('OrderCreatorErrors')).toContain('PutEvents is in trouble');
    expect(await lookAt('OrderCreatorFailureQueueDepth')).toContain('1 x AccessDeniedException at');
    const [orderId] = writtenAfter(before);
    expect(await statusOf(orderId)).toBe('NEW');

    stack.trouble.end();
    const [redrive = ''] = commandsOf('OrderCreatorFailureQueueDepth', 'do');
    expect(await stack.runAll([redrive])).toContain('1 sent again and deleted, 0 failed');
    await stack.system.settled();
    // The order that the first try stored, and no second one.
    expect(new Set(writtenAfter(before))).toEqual(new Set([orderId]));
    expect(await statusOf(orderId)).toBe('PROCESSED');
    expect(await stack.depth(CREATOR_QUEUE)).toBe(0);
  });

  test('of synchronous calls leaves an order that stays NEW, until it is published again', async () => {
    stack.trouble.begin('PutEvents', 'AccessDeniedException');
    const before = stack.factsOf('table.written').length;
    const { functionError } = await stack.system.createOrder(ORDER);
    expect(functionError).toBe('Unhandled');
    const [orderId] = writtenAfter(before);
    expect(await stack.alarms()).toContain('OrdersStayNew');
    await stack.age(orderId, 20);
    stack.trouble.end();

    expect(await lookAt('OrdersStayNew')).toMatch(/The scan reads the whole table[\s\S]*1 still NEW/);
    expect(await statusOf(orderId)).toBe('NEW');
    expect(await repair('OrdersStayNew')).toContain('1 published again');
    expect(await statusOf(orderId)).toBe('PROCESSED');
    // And all of what its own alarm says.
    expect(await repair('OrderCreatorErrors')).toContain('0 messages to send again');
  });
});

describe('a rule', () => {
  test('that may not call its target fills its queue, until it may and the queue is sent again', async () => {
    await withoutPermission(stack);
    const orderId = await placed();
    const rang = await stack.alarms();
    expect(rang).toContain('RuleFailedInvocations');
    expect(rang).toContain('OrderCreatedDeadLetterQueueDepth');
    await expect(stack.runAll(commandsOf('RuleFailedInvocations', 'lookAt'))).rejects.toThrow(
      'The resource you requested does not exist.',
    );
    expect(await lookAt('OrderCreatedDeadLetterQueueDepth')).toContain('1 x NO_PERMISSIONS at');

    expect(await repair('RuleFailedInvocations')).toContain('1 sent again and deleted, 0 failed');
    expect(await lookAt('RuleFailedInvocations')).toContain(stack.output('OrderCreatedRuleArn'));
    expect(await statusOf(orderId)).toBe('PROCESSED');
    expect(await statusOf(await placed())).toBe('PROCESSED');
    expect(await stack.depth(RULE_QUEUE)).toBe(0);
    expect(commandsOf('RuleFailedInvocations', 'do')).toContain(
      commandsOf('OrderCreatedDeadLetterQueueDepth', 'do')[0],
    );
  });

  test('whose queue lets nothing in loses the event, and the archive is replayed', async () => {
    const policy = await stack.policyOf(RULE_QUEUE);
    await stack.setPolicy(RULE_QUEUE, '');
    await withoutPermission(stack);
    const orderId = await placed();
    expect(stack.factsOf('delivery.lost')).toHaveLength(1);
    expect(await stack.alarms()).toContain('RuleDeadLetterFailures');
    await stack.age(orderId, 20);
    expect(await lookAt('RuleDeadLetterFailures')).not.toContain('events.amazonaws.com');

    await stack.setPolicy(RULE_QUEUE, policy);
    await stack.runAll(commandsOf('RuleFailedInvocations', 'do'));
    expect(await lookAt('RuleDeadLetterFailures')).toContain('events.amazonaws.com');
    const processed = await placed();
    const writes = stack.factsOf('table.written').length;
    await stack.replay();
    await stack.system.settled();
    expect(await statusOf(orderId)).toBe('PROCESSED');
    expect(writtenAfter(writes)).not.toContain(processed);
    expect(await repair('RuleDeadLetterFailures')).toContain('0 still NEW');
  });
});

onlyInMatrix(() => {
  describe('a queue of failures that lets nothing in', () => {
    test('loses the record of an event, and the order is published again', async () => {
      const policy = await stack.policyOf(PROCESSOR_QUEUE);
      await stack.setPolicy(PROCESSOR_QUEUE, denied(policy));
      stack.trouble.begin('UpdateItem', 'AccessDeniedException');
      const orderId = await placed();
      expect(stack.factsOf('destination.failed')).toHaveLength(1);
      expect(await stack.alarms()).toContain('OrderProcessorDestinationFailures');
      await stack.age(orderId, 20);
      expect(await lookAt('OrderProcessorDestinationFailures')).toContain('Deny');

      stack.trouble.end();
      await stack.setPolicy(PROCESSOR_QUEUE, policy);
      expect(await repair('OrderProcessorDestinationFailures')).toContain('1 published again');
      expect(await statusOf(orderId)).toBe('PROCESSED');
    });

    test('loses the record of an order, which its caller sends again and which is then taken once', async () => {
      const policy = await stack.policyOf(CREATOR_QUEUE);
      await stack.setPolicy(CREATOR_QUEUE, denied(policy));
      stack.trouble.begin('PutEvents', 'AccessDeniedException');
      const withKey = textOf('order-with-key.json');
      const before = stack.factsOf('table.written').length;
      await stack.system.createOrderAsync(withKey);
      expect(stack.factsOf('destination.failed')).toHaveLength(2);
      expect(await stack.alarms()).toContain('OrderCreatorDestinationFailures');
      expect(await lookAt('OrderCreatorDestinationFailures')).toContain('Deny');

      stack.trouble.end();
      await stack.setPolicy(CREATOR_QUEUE, policy);
      const { answer } = await stack.system.createOrder(withKey);
      expect(answer).toMatchObject({ accepted: true, duplicate: true });
      await stack.system.settled();
      expect(await statusOf(answer.orderId)).toBe('PROCESSED');
      expect(new Set(writtenAfter(before))).toEqual(new Set([answer.orderId]));
    });
  });
});
