import { expect, test } from 'vitest';
import { openEnvelope } from '../../../scripts/redrive/envelope.ts';

const PACKER = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';
const EVENT = { source: 'parcels', 'detail-type': 'Packed', detail: { box: 7 } };

const record = (functionArn: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({
    requestContext: { requestId: 'r-1', functionArn, condition: 'RetriesExhausted' },
    requestPayload: EVENT,
    responsePayload: { errorType: 'TapeEmpty', errorMessage: 'no tape' },
    ...more,
  });

test.each([`${PACKER}:live`, `${PACKER}:$LATEST`, `${PACKER}:7`, PACKER])(
  'what %s missed goes to that very version or alias',
  (arn) => {
    expect(openEnvelope({ body: record(arn), attributes: {} }, `${PACKER}:live`)).toEqual({
      kind: 'missed',
      targetArn: arn,
      payload: EVENT,
      error: { name: 'TapeEmpty', message: 'no tape' },
      requestId: 'r-1',
    });
    const attributes = { RULE_ARN: 'arn:rule', TARGET_ARN: arn, ERROR_CODE: 'THROTTLING' };
    expect(openEnvelope({ body: JSON.stringify(EVENT), attributes }, PACKER)).toEqual({
      kind: 'missed',
      targetArn: arn,
      payload: EVENT,
      error: { name: 'THROTTLING', message: '' },
    });
  },
);

test('a record of an invocation that was never tried is named by its condition', () => {
  const requestContext = { requestId: 'r-1', functionArn: PACKER, condition: 'ZeroReservedConcurrency' };
  const body = record(PACKER, { requestContext, responsePayload: undefined });
  expect(openEnvelope({ body, attributes: {} }, PACKER)).toMatchObject({
    error: { name: 'ZeroReservedConcurrency', message: '' },
  });
});

test('the digits of a long number are sent again', () => {
  const payload = '{"id":12345678901234567890}';
  const body = record(PACKER).replace(JSON.stringify(EVENT), payload);
  const opened = openEnvelope({ body, attributes: {} }, PACKER);
  expect(JSON.stringify(opened.kind === 'missed' && opened.payload)).toBe(payload);
});

test('an event of null was an event', () => {
  const body = record(PACKER, { requestPayload: null });
  expect(openEnvelope({ body, attributes: {} }, PACKER)).toMatchObject({ kind: 'missed', payload: null });
});

test.each([
  ['of another function', record(`${PACKER}2`), /another target/],
  ['of another account', record(PACKER.replace('123456789012', '210987654321')), /another target/],
  ['of a target that is no function', record('arn:aws:sqs:eu-west-1:123456789012:packer'), /another target/],
  [
    'of a success',
    record(PACKER, { requestContext: { requestId: 'r', functionArn: PACKER, condition: 'Success' } }),
    /success/,
  ],
  ['without its payload', record(PACKER, { requestPayload: undefined }), /requestPayload/],
  ['without its function', record(PACKER, { requestContext: { requestId: 'r-1' } }), /functionArn/],
  ['that is a number', '7', /no JSON object/],
])('a record %s is foreign', (_what, body, reason) => {
  expect(openEnvelope({ body, attributes: {} }, PACKER)).toEqual({
    kind: 'foreign',
    reason: expect.stringMatching(reason),
  });
});
