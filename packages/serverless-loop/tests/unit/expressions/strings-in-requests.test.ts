import { expect, test } from 'vitest';
import { parsePolicyDocument } from '../../../src/aws/policy-parsing.ts';
import { refuseInvalidBody } from '../../../src/services/cloudwatch/dashboard-body.ts';
import { readEmf } from '../../../src/services/cloudwatch/emf.ts';
import { parseJson } from '../../../src/services/eventbridge/json.ts';
import { acceptEntry } from '../../../src/services/eventbridge/put-entry.ts';
import { discoverSchema } from '../../../src/services/schemas/discover.ts';
import { parseMessage } from '../../../src/services/sns/publish-input.ts';
import { parseSettings } from '../../../src/services/sqs/queue-settings.ts';
import { matching } from '../logs/matching.ts';

/*
 * JSON that a request brings as a string: as good as none when it is nested without end, in the words that each service has
 * for that. All of these are JSON.
 */
const NESTED = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;

test('SNS: a message for each protocol', () => {
  const Message = `{"default":"x",${NESTED.slice(1)}`;
  expect(() => parseMessage({ Message, MessageStructure: 'json' }, undefined)).toThrow(
    'Message Structure - JSON message body failed to parse',
  );
});

test('SQS: policies, which have a size too', () => {
  expect(parsePolicyDocument(`{"Statement":[],${NESTED.slice(1)}`)).toBeUndefined();
  const Policy = JSON.stringify({ Statement: [], Id: 'x'.repeat(8_192) });
  expect(() => parseSettings({ Policy }, { isFifo: false, queueArn: '', findQueue: () => ({}) })).toThrow(
    'Submitted policy is over max allowed size.',
  );
});

test('EventBridge: details of a thousand levels, and no more', () => {
  const detailOf = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const answerTo = (Detail: string) => acceptEntry({ Source: 's', DetailType: 'd', Detail }, undefined);
  expect(answerTo(detailOf(1_000))).toHaveProperty('detail');
  expect(answerTo(detailOf(1_001))).toHaveProperty('errorCode', 'MalformedDetail');
  expect(parseJson('['.repeat(500_000) + ']'.repeat(500_000))).toBeUndefined();
});

test('CloudWatch: dashboards and lines with metrics', () => {
  expect(() => refuseInvalidBody(NESTED)).toThrow('must be a valid JSON object');
  const line = `{"_aws":{"CloudWatchMetrics":[]},${NESTED.slice(1)}`;
  expect(readEmf(line, 0)).toEqual({ kind: 'unreadable', reason: 'it is no JSON object' });
});

test('logs and schemas', () => {
  expect(matching('{ $.b = 1 }')(`{"b":1,${NESTED.slice(1)}`)).toBe(false);
  expect(() => discoverSchema([NESTED])).toThrow('Event 1 is no JSON.');
});
