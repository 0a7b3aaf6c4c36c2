import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type ReceivedSpan, startCollector } from 'serverless-loop/tests/services';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest } from '../../loop.ts';

test('with --otlp an order’s whole trace comes to the collector, each span once and none cut off', async () => {
  const collector = await startCollector();
  const { loop } = await loopUnderTest('template.yaml', { otlpUrl: collector.url });
  const creator = loop.physicalId('OrderCreatorFunction');
  const processor = loop.physicalId('OrderProcessorFunction');
  const lambda = new LambdaClient(clientOptions(loop));
  await lambda.send(new InvokeCommand({ FunctionName: creator, Payload: readFileSync('events/order.json') }));
  lambda.destroy();

  const roots = () => collector.spans.filter(isRoot);
  await expect
    .poll(() => collector.spans.map(({ name, service }) => `${service} ${name}`))
    .toEqual(
      expect.arrayContaining([
        `${creator} Initialization`,
        `${creator} DynamoDB/PutItem`,
        `${creator} EventBridge/PutEvents`,
        `${creator} Events`,
        `${processor} Dwell Time`,
        `${processor} Attempt #1`,
        `${processor} Invocation`,
        `${processor} pick`,
        `${processor} DynamoDB/UpdateItem`,
      ]),
    );
  await expect.poll(() => roots().map(({ name, kind }) => [name, kind])).toEqual([[creator, 2]]);
  expect(new Set(collector.spans.map(({ spanId }) => spanId)).size).toBe(collector.spans.length);
  expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
  const run = collector.spans.find(({ attributes }) => attributes['faas.name'] === processor);
  expect(run?.attributes).toMatchObject({
    'faas.coldstart': true,
    'aws.xray.origin': 'AWS::Lambda::Function',
  });

  function isRoot({ parentSpanId }: ReceivedSpan): boolean {
    return !collector.spans.some(({ spanId }) => spanId === parentSpanId);
  }
});
