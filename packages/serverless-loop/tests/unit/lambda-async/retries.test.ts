import { expect, test } from 'vitest';
import { startAsyncInvocation } from '../../../src/services/lambda/async/async-invocation.ts';
import { manualClock } from '../../manual-clock.ts';
import { functionModel } from './function-model.ts';
import { failure, success, testQueue, throttle } from './test-queue.ts';

const DAY_MS = 86_400_000;

test('the first try starts before accept returns', () => {
  const { accept, invoked, facts } = testQueue(functionModel(), [success]);
  accept('{"box":7}', { traceHeader: 'Root=1-a' });
  expect(invoked).toMatchObject([
    { functionName: 'packer', requestId: 'r-1', attempt: 1, traceHeader: 'Root=1-a' },
  ]);
  expect(facts).toEqual([
    { kind: 'invocation.accepted', functionName: 'packer', executedVersion: '$LATEST', requestId: 'r-1' },
  ]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html: "a one-minute wait before the first retry and two minutes before the second"
test('an error is tried again after one and after two more minutes, under the same request id', async () => {
  const { accept, clock, invoked, seconds, facts } = testQueue(functionModel(), [failure]);
  accept();
  await clock.advance(DAY_MS);
  expect(seconds()).toEqual([0, 60, 180]);
  expect(invoked.map(({ attempt, requestId }) => [attempt, requestId])).toEqual([
    [1, 'r-1'],
    [2, 'r-1'],
    [3, 'r-1'],
  ]);
  expect(facts.filter(({ kind }) => kind === 'invocation.retry')).toEqual([
    {
      kind: 'invocation.retry',
      functionName: 'packer',
      executedVersion: '$LATEST',
      requestId: 'r-1',
      nextAttempt: 2,
      delayMs: 60_000,
      reason: 'TapeEmpty: no tape',
    },
    {
      kind: 'invocation.retry',
      functionName: 'packer',
      executedVersion: '$LATEST',
      requestId: 'r-1',
      nextAttempt: 3,
      delayMs: 120_000,
      reason: 'TapeEmpty: no tape',
    },
  ]);
});

test('a try that succeeds ends the retries', async () => {
  const { accept, clock, seconds } = testQueue(functionModel(), [failure, success]);
  accept();
  await clock.advance(DAY_MS);
  expect(seconds()).toEqual([0, 60]);
});

// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html, MaximumRetryAttempts: 0 to 2
test.each([
  [0, [0]],
  [1, [0, 60]],
  [2, [0, 60, 180]],
])('with MaximumRetryAttempts %i the tries are at seconds %j', async (maximumRetryAttempts, tries) => {
  const { accept, clock, seconds } = testQueue(functionModel({}, { maximumRetryAttempts }), [failure]);
  accept();
  await clock.advance(DAY_MS);
  expect(seconds()).toEqual(tries);
});

// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html, MaximumEventAgeInSeconds
test('no try starts when the event would be older than its maximum age', async () => {
  const { accept, clock, seconds } = testQueue(functionModel({}, { maximumEventAgeSeconds: 100 }), [failure]);
  accept();
  await clock.advance(DAY_MS);
  expect(seconds()).toEqual([0, 60]);
});

test('a throttled event comes again after 1, 2, 4 s and on, and has all its tries left', async () => {
  const ends = [throttle, throttle, throttle, failure, failure, failure];
  const { accept, clock, invoked, seconds } = testQueue(functionModel(), ends);
  accept();
  await clock.advance(DAY_MS);
  expect(seconds()).toEqual([0, 1, 3, 7, 67, 187]);
  expect(invoked.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 2, 3]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html: from 1 second to a maximum of 5 minutes, for up to 6 hours
test('throttles and faults back off up to five minutes, for the maximum age of the event', async () => {
  const { accept, clock, seconds } = testQueue(functionModel({}, { maximumEventAgeSeconds: 1500 }), [
    throttle,
    new Error('no process'),
  ]);
  accept();
  await clock.advance(DAY_MS);
  expect(seconds()).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111, 1411]);
});

test('jitter lengthens the backoff of two throttled events differently', async () => {
  const clock = manualClock();
  const delays: number[] = [];
  const rolls = [0, 1];
  const queue = startAsyncInvocation({
    find: () => functionModel(),
    clock,
    report: (fact) => fact.kind === 'invocation.retry' && delays.push(fact.delayMs),
    random: () => rolls.shift() ?? 0,
    invoke: () => Promise.reject(throttle),
    recordSegment: () => {},
    allows: () => true,
    authorizeRole: () => undefined,
    receiverOf: () => undefined,
  });
  queue.accept({ functionName: 'packer', payload: Buffer.from('{}'), requestId: 'r-1' });
  queue.accept({ functionName: 'packer', payload: Buffer.from('{}'), requestId: 'r-2' });
  await clock.advance(0);
  await new Promise(setImmediate);
  expect(delays).toEqual([1000, 1100]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html: "if the function's reserved concurrency is zero, events go to the dead-letter queue or destination"
test('a function with no reserved concurrency is never tried', async () => {
  const { accept, clock, invoked } = testQueue(functionModel({ reservedConcurrency: 0 }), [success]);
  accept();
  await clock.advance(DAY_MS);
  expect(invoked).toEqual([]);
});

test('an event for no function is refused', () => {
  const { queue } = testQueue(functionModel(), [success]);
  expect(() =>
    queue.accept({ functionName: 'nobody', payload: Buffer.from('{}'), requestId: 'r-1' }),
  ).toThrow(expect.objectContaining({ code: 'ResourceNotFoundException', status: 404 }));
});

test('idle waits for the last try', async () => {
  const { queue, accept, clock, seconds } = testQueue(functionModel(), [failure, success]);
  await queue.idle();
  accept();
  const idle = queue.idle().then(() => seconds());
  await clock.advance(60_000);
  expect(await idle).toEqual([0, 60]);
});

test('stop drops what waits, delivers nothing more and takes nothing more', async () => {
  const model = functionModel({}, { onFailureArn: 'arn:aws:sqs:eu-west-1:123456789012:failed' });
  const { queue, accept, clock, invoked, sent } = testQueue(model, [failure]);
  accept();
  await new Promise(setImmediate);
  accept();
  queue.stop();
  await queue.idle();
  expect(clock.waiting()).toBe(0);
  accept();
  await clock.advance(DAY_MS);
  expect(invoked).toHaveLength(2);
  expect(sent).toEqual([]);
});
