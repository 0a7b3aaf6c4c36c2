import { expect, test } from 'vitest';
import { messageWords } from '../../../src/console/message-words.ts';

const message = { body: 'hello', attributes: {}, receiveCount: 0 };
const attributesOf = (texts: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(texts).map(([name, stringValue]) => [name, { dataType: 'String', stringValue }]),
  );

test('a message that was just sent has nothing to say', () => {
  expect(messageWords(message)).toEqual({ again: { do: 'choose' } });
});

test('a record of a failed invocation says how often it was tried and the last error, and invokes again', () => {
  const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:fn:$LATEST';
  const record = {
    version: '1.0',
    requestContext: { functionArn, condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: { name: '' },
    responsePayload: { errorType: 'Error', errorMessage: 'nobody to greet', trace: [] },
  };
  expect(messageWords({ ...message, body: JSON.stringify(record) })).toEqual({
    why: 'RetriesExhausted after 3 attempts: Error: nobody to greet',
    again: { do: 'invoke', functionArn, event: { name: '' } },
  });
});

test('an event that could not be delivered says which rule gave it up and why, and goes on its bus again', () => {
  const event = { source: 'com.shop', detail: {} };
  const attributes = attributesOf({
    RULE_ARN: 'arn:aws:events:eu-west-1:000000000000:rule/shop/Paid',
    TARGET_ARN: 'arn:aws:sqs:eu-west-1:000000000000:gone',
    ERROR_CODE: 'INVALID_PARAMETER',
    ERROR_MESSAGE: 'The queue does not exist.',
    RETRY_ATTEMPTS: '0',
  });
  expect(messageWords({ ...message, body: JSON.stringify(event), attributes })).toEqual({
    why: 'rule Paid gave it up after 1 attempt: INVALID_PARAMETER: The queue does not exist.',
    again: { do: 'put event', busName: 'shop', event },
  });
  const exhausted = { ...attributes, ...attributesOf({ EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' }) };
  expect(messageWords({ ...message, body: '{}', attributes: exhausted }).why).toContain(
    'after 1 attempt (MaximumRetryAttempts): ',
  );
});

test('a dead letter of a function says which request it was', () => {
  const attributes = attributesOf({ RequestID: 'r1', ErrorCode: '200', ErrorMessage: 'nobody to greet' });
  expect(messageWords({ ...message, attributes })).toEqual({
    why: 'request r1 was given up: nobody to greet',
    again: { do: 'choose' },
  });
});

test('a dead letter of a queue says how often it was received, and is moved back', () => {
  const toArn = 'arn:aws:sqs:eu-west-1:000000000000:orders';
  expect(messageWords({ ...message, receiveCount: 3, deadLetterSourceArn: toArn })).toEqual({
    why: 'queue orders gave it up after 3 receives',
    again: { do: 'move', toArn },
  });
});

test.each(['[]', 'null', '{"requestContext":null}', '{"requestContext":{"condition":1}}', '{'])(
  'a body that only looks like a record, %s, is a message',
  (body) => {
    expect(messageWords({ ...message, body })).toEqual({ again: { do: 'choose' } });
  },
);
