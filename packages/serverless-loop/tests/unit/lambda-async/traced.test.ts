import { expect, test } from 'vitest';
import { functionModel } from './function-model.ts';
import { failure, success, testQueue, throttle } from './test-queue.ts';

const ROOT = '1-6925a0c8-0123456789abcdef01234567';
const traceHeader = `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`;
const active = functionModel({ tracing: 'Active' });

test('an accepted event is recorded with its dwell time and each try, throttled ones too', async () => {
  const { accept, clock, segments, invoked } = testQueue(active, [throttle, failure, success]);
  accept('{}', { traceHeader });
  await clock.advance(120_000);

  expect(segments.map(({ isFinal }) => isFinal)).toEqual([false, false, true]);
  const segment = segments.at(-1)?.segment;
  expect(new Set(segments.map(({ segment: { id } }) => id))).toEqual(new Set([segment?.id]));
  expect(segment).toMatchObject({
    name: 'packer',
    trace_id: ROOT,
    parent_id: '53995c3f42cd8ad8',
    http: { response: { status: 202 } },
    aws: { request_id: 'r-1' },
    origin: 'AWS::Lambda',
    resource_arn: active.arn,
  });
  expect(segment).not.toHaveProperty('fault');
  expect(
    segment?.subsegments?.map(({ name, http, fault, throttle }) => [name, http, fault, throttle]),
  ).toEqual([
    ['Dwell Time', undefined, undefined, undefined],
    ['Attempt #1', { response: { status: 429 } }, undefined, true],
    ['Attempt #2', { response: { status: 200 } }, true, undefined],
    ['Attempt #3', { response: { status: 200 } }, undefined, undefined],
  ]);
  // Each try is the parent of what the function records.
  expect(invoked.map((request) => request.traceHeader?.split(';')[1])).toEqual(
    segment?.subsegments?.slice(1).map(({ id }) => `Parent=${id}`),
  );
});

test('an event whose tries all failed ends as a fault, and its destination hears of Lambda as the caller', async () => {
  const failedArn = 'arn:aws:sqs:eu-west-1:123456789012:failed';
  const { accept, clock, segments, sent } = testQueue(
    functionModel({
      tracing: 'Active',
      asyncInvoke: { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60, onFailureArn: failedArn },
    }),
    [failure],
  );
  accept('{}', { traceHeader });
  await clock.advance(0);
  expect(segments).toHaveLength(1);
  expect(segments[0]?.segment.fault).toBe(true);
  expect(sent[0]?.traceHeader).toContain(`Root=${ROOT};Parent=${segments[0]?.segment.id};Sampled=1`);
});

test('an event without a trace starts one where tracing is active, and records nothing elsewhere', async () => {
  const traced = testQueue(active, [success]);
  traced.accept();
  await traced.clock.advance(0);
  expect(traced.segments[0]?.segment).not.toHaveProperty('parent_id');
  expect(traced.invoked[0]?.traceHeader).toContain(`Root=${traced.segments[0]?.segment.trace_id}`);

  const plain = testQueue(functionModel(), [success]);
  plain.accept('{}', { traceHeader });
  const unsampled = testQueue(active, [success]);
  unsampled.accept('{}', { traceHeader: traceHeader.replace('Sampled=1', 'Sampled=0') });
  await plain.clock.advance(0);
  await unsampled.clock.advance(0);
  expect([...plain.segments, ...unsampled.segments]).toEqual([]);
  expect(plain.invoked[0]?.traceHeader).toBe(traceHeader);
});
