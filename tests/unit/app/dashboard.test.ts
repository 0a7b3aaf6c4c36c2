import { expect, test } from 'vitest';
import { dashboardOf } from './dashboard.ts';
import { resourcesOf } from './template.ts';

const [[, { Properties }] = ['', {}]] = resourcesOf('AWS::CloudWatch::Dashboard');
const { alarms, graphs, sizes } = dashboardOf(Properties);
const COLUMNS = 24;

test('the dashboard shows the state of every alarm', () => {
  const logicalIds = ['AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::Alarm']
    .flatMap(resourcesOf)
    .map(([logicalId]) => logicalId);
  expect(alarms).toEqual(logicalIds.map((logicalId) => `\${${logicalId}.Arn}`));
});

test('it graphs what happens to orders, how the functions do, and what waits or was given up', () => {
  const named = graphs.map(({ title, metrics }) => [title, [...new Set(metrics.map(({ name }) => name))]]);
  expect(Object.fromEntries(named)).toEqual({
    Orders: ['OrdersCreated', 'OrdersRepeated', 'OrdersProcessed'],
    'Orders refused, by reason': ['OrdersRefused'],
    'From created to processed, milliseconds': ['OrderProcessingTime'],
    'Errors and throttles': ['Errors', 'Throttles'],
    'Duration, p99 in milliseconds': ['Duration'],
    'Cold starts, and publishing tried again': ['ColdStart', 'PublishRetries'],
    'Waiting in the queues of failures': ['ApproximateNumberOfMessagesVisible'],
    'Given up: by the rule, by Lambda': [
      'FailedInvocations',
      'InvocationsFailedToBeSentToDlq',
      'AsyncEventsDropped',
      'DestinationDeliveryFailures',
    ],
    'The table': ['SuccessfulRequestLatency', 'ConditionalCheckFailedRequests', 'WriteThrottleEvents'],
  });
});

test('a graph has no more lines than can be told apart, and rows are full', () => {
  for (const { title, metrics } of graphs) expect(metrics.length, title).toBeLessThanOrEqual(6);
  let column = 0;
  for (const { width } of sizes) {
    column += width;
    expect(column).toBeLessThanOrEqual(COLUMNS);
    column %= COLUMNS;
  }
  expect(column).toBe(0);
});
