import path from 'node:path';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type RunningLoop, startLoop } from 'serverless-loop';
import { afterAll, beforeAll, expect, test } from 'vitest';

const FOLDER = path.resolve('examples/order-approval');

let loop: RunningLoop;
let stepFunctions: SFNClient;
beforeAll(async () => {
  loop = await startLoop({
    template: path.join(FOLDER, 'template.yaml'),
    clock: { retries: 'manual' },
  });
  const { endpoint, region } = loop;
  stepFunctions = new SFNClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  stepFunctions.destroy();
  await loop.stop();
});

async function order(orderId: string, cents: number): Promise<() => Promise<unknown>> {
  const { executionArn } = await stepFunctions.send(
    new StartExecutionCommand({
      stateMachineArn: loop.outputs.ApprovalArn,
      input: JSON.stringify({ orderId, cents }),
    }),
  );
  return async () => {
    const { status, output } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' ? status : JSON.parse(output ?? 'null');
  };
}

test('a small order passes by itself', async () => {
  const ended = await order('small', 900);
  await expect.poll(ended).toEqual({ orderId: 'small', approved: true, by: 'nobody' });
});

test('a large one waits for a decision', async () => {
  const ended = await order('large', 25_000);
  const decision = { orderId: 'large', approved: true, by: 'robin' };
  await expect
    .poll(async () => (await loop.invoke('DecideFunction', decision)).payload)
    .toEqual({ decided: true });
  await expect.poll(ended).toEqual(decision);
});

test('without a decision it is refused after a day', async () => {
  const ended = await order('forgotten', 25_000);
  await expect
    .poll(() => loop.facts.soFar().filter(({ kind }) => kind === 'invocation.ended').length)
    .toBeGreaterThan(1);
  await loop.idle();
  await loop.clock.advance(86_400_000);
  await expect.poll(ended).toEqual({ orderId: 'forgotten', approved: false, by: 'nobody' });
});
