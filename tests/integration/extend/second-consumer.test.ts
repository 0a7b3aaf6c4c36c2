import { onlyInMatrix } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { textOf } from '../app/events/event-files.ts';
import {
  compilerErrorsOf,
  extendedProject,
  plainProject,
  queuesUsed,
  type RunningProject,
  runningProject,
} from './projects.ts';

/** Logical ids of the consumers whose own log lines name this order. */
function consumersOf(orderId: unknown, { loop, factsOf }: RunningProject): string[] {
  const lines = factsOf('log').filter(({ line }) => line.includes(`"orderId":"${orderId}"`));
  const names = new Set(lines.map(({ functionName }) => functionName));
  return loop.resources
    .filter(({ physicalId, logicalId }) => names.has(physicalId) && logicalId !== 'OrderCreatorFunction')
    .map(({ logicalId }) => logicalId)
    .toSorted();
}

onlyInMatrix(() => {
  test('the handler of docs/extend.md is what the compiler wants', () => {
    expect(compilerErrorsOf(extendedProject())).toBe('');
  });
});

test('both consumers hear of an order, the courier of none that is picked up, and each keeps what it fails at', async () => {
  const project = await runningProject(extendedProject());
  const express = await project.system.createOrder(textOf('order-express.json'));
  const pickup = await project.system.createOrder(textOf('order-pickup.json'));
  await project.system.settled();

  expect(consumersOf(express.answer.orderId, project)).toEqual(['CourierFunction', 'OrderProcessorFunction']);
  expect(consumersOf(pickup.answer.orderId, project)).toEqual(['OrderProcessorFunction']);
  expect(project.factsOf('log').filter(({ line }) => line.includes('book courier done'))).toHaveLength(1);
  expect(await project.system.storedOrder(express.answer.orderId)).toMatchObject({ status: 'PROCESSED' });
  expect(queuesUsed(project)).toEqual([]);

  await project.system.publish(
    JSON.parse(textOf('order-created-version-2.json').replace('PICKUP', 'EXPRESS')),
  );
  expect(queuesUsed(project)).toEqual(['CourierFailureQueue', 'OrderProcessorFailureQueue']);
});

onlyInMatrix(() => {
  test('the creator is byte for byte what it was, and so is all that the template says of it', async () => {
    const before = await runningProject(plainProject());
    const after = await runningProject(extendedProject());
    expect(after.creatorsBundle).toBe(before.creatorsBundle);
    expect(after.creator).toEqual(before.creator);
  });
});

onlyInMatrix(() => {
  test('an event that can not be delivered to the courier ends in the queue of its rule, and the order goes on', async () => {
    const project = await runningProject(extendedProject(withoutPermission));
    const { answer } = await project.system.createOrder(textOf('order-express.json'));
    await project.system.settled();
    expect(queuesUsed(project)).toEqual(['OrderToDeliverDeadLetterQueue']);
    expect(await project.system.storedOrder(answer.orderId)).toMatchObject({ status: 'PROCESSED' });
  });
});

/** SAM makes the permission of a rule only for those in `Events`; a rule beside the function has none. */
function withoutPermission(resources: string): string {
  const events = / {6}Events:\n {8}OrderToDeliver:\n(?: {10}.*\n)+/;
  expect(resources).toMatch(events);
  const rule = `
  CourierFunctionOrderToDeliver:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref OrderBus
      EventPattern: { detail-type: [Order Created] }
      Targets:
        - Id: Courier
          Arn: !GetAtt CourierFunction.Arn
          DeadLetterConfig: { Arn: !GetAtt OrderToDeliverDeadLetterQueue.Arn }
`;
  return resources.replace(events, '') + rule;
}
