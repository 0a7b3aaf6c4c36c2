import { readFileSync } from 'node:fs';
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest } from '../../loop.ts';
import { systemOf, TEMPLATE } from '../app/events/system.ts';

test('orders that are placed are in the metrics of the application and of Lambda', async () => {
  const running = await loopUnderTest(TEMPLATE);
  const { loop } = running;
  const system = systemOf(running);
  const order = readFileSync('events/order.json', 'utf8');
  await system.createOrder(order);
  await system.createOrder(order);
  await system.settled();

  const client = new CloudWatchClient(clientOptions(loop));
  const creator = loop.physicalId('OrderCreatorFunction');
  const sum = async (
    Namespace: string,
    MetricName: string,
    dimensions: Record<string, string>,
    Stat = 'Sum',
  ) => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 300_000),
        EndTime: new Date(Date.now() + 300_000),
        MetricDataQueries: [
          { Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 3600, Stat } },
        ],
      }),
    );
    return MetricDataResults?.[0]?.Values?.at(0);
  };

  const ofCreator = { service: 'order-creator', stack: loop.stackName };
  await expect.poll(() => sum('ServerlessSnacks', 'OrdersCreated', ofCreator)).toBe(2);
  const alias = { FunctionName: creator, Resource: `${creator}:live` };
  expect(await sum('AWS/Lambda', 'Invocations', alias)).toBe(2);
  expect(await sum('AWS/Lambda', 'Invocations', { ...alias, ExecutedVersion: '1' })).toBe(2);
  expect(await sum('AWS/Lambda', 'Errors', { FunctionName: creator })).toBe(0);
  const table = { TableName: loop.physicalId('OrdersTable') };
  expect(
    await sum('AWS/DynamoDB', 'SuccessfulRequestLatency', { ...table, Operation: 'PutItem' }, 'SampleCount'),
  ).toBe(2);
  expect(
    await sum(
      'AWS/DynamoDB',
      'SuccessfulRequestLatency',
      { ...table, Operation: 'UpdateItem' },
      'SampleCount',
    ),
  ).toBe(2);

  const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: 'ServerlessSnacks' }));
  expect(Metrics.map(({ MetricName }) => MetricName)).toContain('OrdersProcessed');
});
