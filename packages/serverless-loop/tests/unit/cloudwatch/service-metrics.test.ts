import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { callMetrics } from '../../../src/services/cloudwatch/call-metrics.ts';
import { eventsMetrics } from '../../../src/services/cloudwatch/events-metrics.ts';
import { lambdaMetrics } from '../../../src/services/cloudwatch/lambda-metrics.ts';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';
import { sqsMetrics } from '../../../src/services/cloudwatch/sqs-metrics.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 30);
const now = () => NOW;

/** The sums of all metrics of a store, by name and dimensions: `Throttles FunctionName=packer`. */
function sumsOf(store: MetricStore): Record<string, number> {
  return Object.fromEntries(
    store.list().map(({ metric }) => {
      const dimensions = metric.dimensions.map(({ name, value }) => `${name}=${value}`);
      const buckets = store.buckets(metric, { fromMs: 0, toMs: Number.POSITIVE_INFINITY });
      return [[metric.name, ...dimensions].join(' '), buckets.reduce((sum, bucket) => sum + bucket.sum, 0)];
    }),
  );
}

const invoked = { functionName: 'packer', requestId: 'r-1' };

describe('what Lambda counts', () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html: "Throttled requests and other invocation errors don't count as either Invocations or Errors"
  test('a throttle is neither an invocation nor an error', () => {
    const store = new MetricStore();
    lambdaMetrics(
      store,
      now,
    )({ kind: 'invocation.throttled', ...invoked, executedVersion: '$LATEST', attempt: 1 });
    expect(sumsOf(store)).toEqual({
      Throttles: 1,
      'Throttles FunctionName=packer': 1,
      'Throttles FunctionName=packer Resource=packer': 1,
    });
  });

  test('an invocation by an alias is counted for it and for the version behind it', () => {
    const store = new MetricStore();
    const observe = lambdaMetrics(store, now);
    const byAlias = { ...invoked, qualifier: 'live', executedVersion: '3', attempt: 1 };
    observe({ kind: 'invocation.ended', ...byAlias, outcome: 'timeout', durationMs: 3000 });
    expect(sumsOf(store)).toMatchObject({
      'Errors FunctionName=packer Resource=packer:live': 1,
      'Errors FunctionName=packer Resource=packer:live ExecutedVersion=3': 1,
      'Duration FunctionName=packer': 3000,
    });
    const [bucket] = store.buckets(
      { namespace: 'AWS/Lambda', name: 'Errors', dimensions: [] },
      { fromMs: 0, toMs: NOW },
    );
    // The time of an invocation is that of its begin.
    expect(bucket?.atMs).toBe(NOW - 60_000);
  });

  test('what can’t be sent is a failed destination or a dead letter', () => {
    const store = new MetricStore();
    const observe = lambdaMetrics(store, now);
    const fact = {
      kind: 'destination.failed',
      ...invoked,
      condition: 'x',
      destinationArn: 'y',
      reason: 'z',
    } as const;
    observe({ ...fact, isDeadLetter: true });
    observe({ ...fact, isDeadLetter: false });
    observe({
      kind: 'invocation.dropped',
      ...invoked,
      executedVersion: '$LATEST',
      condition: 'x',
      hasDestination: true,
    });
    expect(sumsOf(store)).toMatchObject({
      DeadLetterErrors: 1,
      DestinationDeliveryFailures: 1,
      AsyncEventsDropped: 1,
    });
  });
});

describe('what EventBridge counts', () => {
  const delivery = { ruleName: 'packed', busName: 'depot', eventId: 'e', targetArn: 't' };
  const failed = { ...delivery, errorCode: 'THROTTLING', errorMessage: 'slow' };

  test('each attempt once, whether the last of them had to wait or not', () => {
    const store = new MetricStore();
    const observe = eventsMetrics(store, now);
    observe({ kind: 'delivery.retry', ...failed, attempt: 1, delayMs: 1 });
    observe({ kind: 'delivery.retry', ...failed, attempt: 2, delayMs: 1 });
    // Too old after its last wait: there was no third attempt.
    observe({ kind: 'delivery.deadLettered', ...failed, attempts: 2, queueArn: 'q' });
    expect(sumsOf(store)).toMatchObject({
      InvocationAttempts: 2,
      RetryInvocationAttempts: 1,
      Invocations: 1,
      'FailedInvocations EventBusName=depot RuleName=packed': 1,
      'InvocationsSentToDlq EventBusName=depot RuleName=packed': 1,
    });
    expect(sumsOf(store)).not.toHaveProperty('SuccessfulInvocationAttempts');
  });

  test('an event that its queue refuses too', () => {
    const store = new MetricStore();
    eventsMetrics(store, now)({ kind: 'delivery.lost', ...failed, attempts: 1, queueArn: 'q' });
    expect(sumsOf(store)).toMatchObject({
      'InvocationsFailedToBeSentToDlq EventBusName=depot RuleName=packed': 1,
    });
  });

  test('a rule of the default bus by its name alone', () => {
    const store = new MetricStore();
    eventsMetrics(store, now)({ kind: 'delivery.succeeded', ...delivery, busName: 'default', attempt: 2 });
    expect(sumsOf(store)).toMatchObject({
      'SuccessfulInvocationAttempts RuleName=packed': 1,
      'RetryInvocationAttempts RuleName=packed': 1,
    });
  });
});

describe('what DynamoDB counts', () => {
  const put = {
    operation: 'PutItem',
    input: { TableName: 'arn:aws:dynamodb:eu-west-1:1:table/parcels' },
    durationMs: 4,
  };

  test.each([
    ['ConditionalCheckFailedException', ['ConditionalCheckFailedRequests TableName=parcels']],
    [
      'ProvisionedThroughputExceededException',
      ['ThrottledRequests TableName=parcels Operation=PutItem', 'WriteThrottleEvents TableName=parcels'],
    ],
    ['ResourceNotFoundException', ['UserErrors']],
  ])('%s', (code, metrics) => {
    const store = new MetricStore();
    callMetrics(store, now).dynamodb({ ...put, error: new AwsError(code, 'no') });
    expect(Object.keys(sumsOf(store))).toEqual(metrics);
  });

  test('a call on several tables for each of them', () => {
    const store = new MetricStore();
    const input = {
      TransactItems: [{ Put: { TableName: 'one' } }, { Update: { TableName: 'other' } }, null, 'x'],
    };
    callMetrics(store, now).dynamodb({ operation: 'TransactWriteItems', input, durationMs: 4, output: {} });
    expect(sumsOf(store)).toEqual({
      'SuccessfulRequestLatency TableName=one Operation=TransactWriteItems': 4,
      'SuccessfulRequestLatency TableName=other Operation=TransactWriteItems': 4,
    });
  });
});

test('a queue is sampled while it holds something, and for six hours after anything happened', () => {
  let nowMs = NOW;
  const store = new MetricStore();
  const sqs = sqsMetrics(store, () => nowMs);
  const empty = { queueName: 'box', visible: 0, notVisible: 0, delayed: 0, oldestAgeSeconds: undefined };
  const samples = () =>
    store.list().filter(({ metric }) => metric.name === 'ApproximateNumberOfMessagesVisible').length;

  sqs.sample([empty], nowMs);
  expect(samples()).toBe(0);
  sqs.observe({ kind: 'queue.deleted', queueName: 'box', messageId: 'm' });
  sqs.sample([empty], nowMs);
  expect(sumsOf(store)).toMatchObject({ 'ApproximateAgeOfOldestMessage QueueName=box': 0 });

  nowMs += 7 * 3_600_000;
  const before = store.list().map(({ lastAtMs }) => lastAtMs);
  sqs.sample([empty], nowMs);
  expect(store.list().map(({ lastAtMs }) => lastAtMs)).toEqual(before);
  sqs.sample([{ ...empty, visible: 2, oldestAgeSeconds: 90 }], nowMs);
  expect(sumsOf(store)).toMatchObject({
    'ApproximateAgeOfOldestMessage QueueName=box': 90,
    'ApproximateNumberOfMessagesVisible QueueName=box': 2,
  });
});
