import { expect, test } from 'vitest';
import { functionModel } from './function-model.ts';
import { failure, success, testQueue, throttle } from './test-queue.ts';

const DAY_MS = 86_400_000;
const failedArn = 'arn:aws:sqs:eu-west-1:123456789012:failed';
const deadArn = 'arn:aws:sqs:eu-west-1:123456789012:dead';
const doneArn = 'arn:aws:sqs:eu-west-1:123456789012:done';

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html: the invocation record
test('the record of a failure reads exactly as AWS writes it', async () => {
  const model = functionModel({}, { onFailureArn: failedArn });
  const { accept, clock, sent } = testQueue(model, [failure]);
  accept('{"box":7}', { traceHeader: 'Root=1-a' });
  await clock.advance(DAY_MS);
  expect(sent).toEqual([
    { destinationArn: failedArn, sender: model, traceHeader: 'Root=1-a', body: expect.any(String) },
  ]);
  expect(sent[0]?.body).toBe(
    '{"version":"1.0","timestamp":"2026-11-23T09:33:00.000Z",' +
      '"requestContext":{"requestId":"r-1","functionArn":"arn:aws:lambda:eu-west-1:123456789012:function:packer:$LATEST",' +
      '"condition":"RetriesExhausted","approximateInvokeCount":3},' +
      '"requestPayload":{"box":7},' +
      '"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},' +
      '"responsePayload":{"errorType":"TapeEmpty","errorMessage":"no tape","trace":["TapeEmpty: no tape"]}}',
  );
});

test('the record of a success has no functionError and goes to OnSuccess only', async () => {
  const { accept, clock, sent, facts } = testQueue(
    functionModel({}, { onSuccessArn: doneArn, onFailureArn: failedArn, deadLetterArn: deadArn }),
    [success],
  );
  accept();
  await clock.advance(DAY_MS);
  await new Promise(setImmediate);
  expect(sent.map(({ destinationArn, body }) => [destinationArn, JSON.parse(body)])).toEqual([
    [
      doneArn,
      {
        version: '1.0',
        timestamp: '2026-11-23T09:30:00.000Z',
        requestContext: {
          requestId: 'r-1',
          functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer:$LATEST',
          condition: 'Success',
          approximateInvokeCount: 1,
        },
        requestPayload: { box: 7 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        responsePayload: { packed: true },
      },
    ],
  ]);
  expect(facts).toContainEqual({
    kind: 'destination.sent',
    functionName: 'packer',
    requestId: 'r-1',
    condition: 'Success',
    destinationArn: doneArn,
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html: RequestID, ErrorCode, ErrorMessage of a dead letter
test('a dead letter is the event untouched, with its three attributes, beside the failure record', async () => {
  const event = '{ "box" : 7 }';
  const { accept, clock, sent } = testQueue(
    functionModel({}, { maximumRetryAttempts: 0, onFailureArn: failedArn, deadLetterArn: deadArn }),
    [failure],
  );
  accept(event);
  await clock.advance(0);
  await new Promise(setImmediate);
  expect(sent).toMatchObject([
    {
      destinationArn: deadArn,
      body: event,
      attributes: {
        RequestID: { dataType: 'String', value: 'r-1' },
        ErrorCode: { dataType: 'Number', value: '200' },
        ErrorMessage: { dataType: 'String', value: 'no tape' },
      },
    },
    { destinationArn: failedArn },
  ]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html: "The first 1 KB of the error message"
test('a dead letter holds the first 1,024 bytes of the error message, in whole characters', async () => {
  const { accept, sent } = testQueue(functionModel({}, { maximumRetryAttempts: 0, deadLetterArn: deadArn }), [
    { ...failure, errorMessage: `x${'é'.repeat(1000)}` },
  ]);
  accept();
  await new Promise(setImmediate);
  expect(sent[0]?.attributes?.ErrorMessage?.value).toBe(`x${'é'.repeat(511)}`);
});

test('an event with no reserved concurrency has a record without an answer, and no try', async () => {
  const { accept, sent } = testQueue(functionModel({ reservedConcurrency: 0 }, { onFailureArn: failedArn }), [
    success,
  ]);
  accept();
  await new Promise(setImmediate);
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    version: '1.0',
    timestamp: '2026-11-23T09:30:00.000Z',
    requestContext: {
      requestId: 'r-1',
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer:$LATEST',
      condition: 'ZeroReservedConcurrency',
      approximateInvokeCount: 0,
    },
    requestPayload: { box: 7 },
  });
});

test.each([
  [60, 1],
  [100, 2],
])(
  'an event of at most %i s is given up as too old after %i tries',
  async (maximumEventAgeSeconds, tries) => {
    const { accept, clock, sent } = testQueue(
      functionModel({}, { maximumEventAgeSeconds, onFailureArn: failedArn }),
      [failure],
    );
    accept();
    await clock.advance(DAY_MS);
    expect(JSON.parse(sent[0]?.body ?? '').requestContext).toMatchObject({
      condition: 'EventAgeExceeded',
      approximateInvokeCount: tries,
    });
  },
);

test('an event that is throttled until it is too old was never tried', async () => {
  const { accept, clock, sent } = testQueue(
    functionModel({}, { maximumEventAgeSeconds: 60, onFailureArn: failedArn, deadLetterArn: deadArn }),
    [throttle],
  );
  accept();
  await clock.advance(DAY_MS);
  const record = JSON.parse(sent.find(({ destinationArn }) => destinationArn === failedArn)?.body ?? '');
  expect(record.requestContext).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 0 });
  expect(record).not.toHaveProperty('responsePayload');
  expect(sent[0]?.attributes).toMatchObject({ ErrorMessage: { value: 'Rate Exceeded.' } });
});

test('a payload that is no JSON stands in the record as text', async () => {
  const { accept, sent } = testQueue(functionModel({}, { onSuccessArn: doneArn }), [
    { ...success, payload: Buffer.from('packed, all right') },
  ]);
  accept();
  await new Promise(setImmediate);
  expect(JSON.parse(sent[0]?.body ?? '').responsePayload).toBe('packed, all right');
});

test.each([
  ['arn:aws:sqs:eu-west-1:123456789012:done', 1_048_576],
  ['arn:aws:sns:eu-west-1:123456789012:done', 262_144],
])('a record for %s over %i bytes goes without the payloads', async (onSuccessArn, bytes) => {
  const record = async (size: number) => {
    const { accept, sent } = testQueue(functionModel({}, { onSuccessArn }), [
      { ...success, payload: Buffer.from(JSON.stringify('x'.repeat(size))) },
    ]);
    accept();
    await new Promise(setImmediate);
    return JSON.parse(sent[0]?.body ?? '');
  };
  expect(await record(bytes - 1000)).toHaveProperty('responsePayload');
  const small = await record(bytes);
  expect(small).not.toHaveProperty('responsePayload');
  expect(small).not.toHaveProperty('requestPayload');
  expect(small.responseContext).toEqual({ statusCode: 200, executedVersion: '$LATEST' });
});

test('a destination that refuses is told with its reason', async () => {
  const { accept, facts } = testQueue(
    functionModel({}, { maximumRetryAttempts: 0, onFailureArn: failedArn }),
    [failure],
    new Error('not authorized'),
  );
  accept();
  await new Promise(setImmediate);
  expect(facts.at(-1)).toEqual({
    kind: 'destination.failed',
    functionName: 'packer',
    requestId: 'r-1',
    condition: 'RetriesExhausted',
    destinationArn: failedArn,
    isDeadLetter: false,
    reason: 'not authorized',
  });
});

test('nothing is sent when nothing is asked for', async () => {
  const { accept, clock, sent, queue } = testQueue(functionModel(), [failure]);
  accept();
  await clock.advance(DAY_MS);
  await queue.idle();
  expect(sent).toEqual([]);
});
