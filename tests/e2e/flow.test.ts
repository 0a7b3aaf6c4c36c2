import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { anOrder } from './an-order.ts';
import { invokeTraced, logLines, ruleMetric, segmentsOf, tracesOfOrder } from './observation.ts';
import { events, orderWithStatus, output, PATIENCE_MS, placeOrder, queueDepth } from './system.ts';

/** `arn:…:rule/BUS/RULE`. */
function rule(): { busName: string; ruleName: string } {
  const [, busName = '', ruleName = ''] = output('OrderCreatedRuleArn').split('/');
  return { busName, ruleName };
}

const patience = { timeout: PATIENCE_MS, interval: 250 };

describe('the flow of an order', { timeout: 2 * PATIENCE_MS }, () => {
  test('goes over the bus by a rule that is enabled and leads to the processor, with a queue for what it misses', async () => {
    const { busName, ruleName } = rule();
    expect(busName).toBe(output('OrderBusName'));
    const bus = await events.send(new DescribeEventBusCommand({ Name: busName }));
    expect(bus.Arn).toBe(output('OrderBusArn'));
    const inRule = { EventBusName: busName };
    const { State, EventPattern = '' } = await events.send(
      new DescribeRuleCommand({ Name: ruleName, ...inRule }),
    );
    expect(State).toBe('ENABLED');
    expect(JSON.parse(EventPattern)).toEqual({
      source: ['serverless-snacks.orders'],
      'detail-type': ['Order Created'],
    });
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: ruleName, ...inRule }));
    expect(Targets).toEqual([
      expect.objectContaining({
        Arn: output('OrderProcessorFunctionArn'),
        DeadLetterConfig: { Arn: output('OrderCreatedDeadLetterQueueArn') },
      }),
    ]);
  });

  test('is counted: the rule matches, and no delivery fails', async () => {
    const { answer } = await placeOrder(anOrder());
    await orderWithStatus(String(answer.orderId), 'PROCESSED');
    // On AWS they are there some minutes later.
    await expect.poll(() => ruleMetric('MatchedEvents', rule()), patience).toBeGreaterThan(0);
    expect((await ruleMetric('FailedInvocations', rule())) ?? 0).toBe(0);
    expect((await ruleMetric('InvocationsSentToDlq', rule())) ?? 0).toBe(0);
    expect(await queueDepth(output('OrderCreatedDeadLetterQueueUrl'))).toBe(0);
  });

  test('is in the logs of both functions under one correlation id, with the order', async () => {
    const { answer, requestId } = await placeOrder(anOrder());
    const { orderId } = answer;
    for (const group of ['OrderCreatorLogGroupName', 'OrderProcessorLogGroupName']) {
      await expect
        .poll(() => logLines(output(group), requestId), patience)
        .toContainEqual(expect.objectContaining({ correlation_id: requestId, orderId, level: 'INFO' }));
    }
  });

  test('is one trace, from the creator over the bus to the processor, and is found by the order', async () => {
    const { traceId, answer } = await invokeTraced(output('OrderCreatorFunctionName'), anOrder());
    const orderId = String(answer.orderId);
    const names = async () => (await segmentsOf(traceId)).map(({ name = '' }) => name);
    const [creator, processor] = ['OrderCreatorFunctionName', 'OrderProcessorFunctionName'].map(
      (name) => output(name).split(':')[0] ?? '',
    );
    await expect
      .poll(names, patience)
      .toEqual(
        expect.arrayContaining([
          expect.stringContaining(creator ?? ''),
          expect.stringContaining(processor ?? ''),
        ]),
      );
    await expect.poll(() => tracesOfOrder(orderId), patience).toContain(traceId);
    const annotated = (await segmentsOf(traceId)).filter(
      ({ annotations }) => annotations?.orderId === orderId,
    );
    expect(annotated.length).toBeGreaterThan(1);
  });
});
