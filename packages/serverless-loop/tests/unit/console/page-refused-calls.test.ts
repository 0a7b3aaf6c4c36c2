import { expect, test } from 'vitest';
import { namedResources, refusedCalls } from '../../../console/state/refused-calls.ts';
import type { FactOnWire } from '../../../src/console/fact-answer.ts';

const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';
const RESOURCES = [{ logicalId: 'OrdersTable', arn: TABLE }];

function denied(
  seq: number,
  more: { action?: string; resource?: string; reason?: string; caller?: string } = {},
) {
  return {
    kind: 'call.denied',
    caller: 'creator',
    action: 'dynamodb:PutItem',
    resource: TABLE,
    reason: 'no statement allows it',
    ...more,
    seq,
    time: '2026-01-01T00:00:00.000Z',
  } satisfies FactOnWire;
}

test('a refused call has the statement that allows it, by the name that the template gives the resource', () => {
  expect(refusedCalls([denied(1), denied(2)], 'creator', RESOURCES)).toMatchObject([
    {
      seq: 2,
      count: 2,
      statement:
        '- Statement:\n    - Effect: Allow\n      Action: dynamodb:PutItem\n      Resource: !GetAtt OrdersTable.Arn\n',
    },
  ]);
});

test.each([
  ['an index of a table', `${TABLE}/index/byStatus`, `!Sub '\${OrdersTable.Arn}/index/byStatus'`],
  ['a table whose name begins alike', `${TABLE}-old`, `'${TABLE}-old'`],
  ["a name with ' in it", "arn:aws:s3:::it's", "'arn:aws:s3:::it''s'"],
])('the statement names %s', (_what, resource, expected) => {
  const [call] = refusedCalls([denied(1, { resource })], 'creator', RESOURCES);
  expect(call?.statement).toContain(`      Resource: ${expected}\n`);
});

// IAM user guide, "Policy evaluation logic": an explicit deny overrides every allow.
test('what a policy denies has no statement', () => {
  const [call] = refusedCalls(
    [denied(1, { reason: 'a policy of the role denies it' })],
    'creator',
    RESOURCES,
  );
  expect(call?.statement).toBeUndefined();
});

test('the latest come first, and those of other functions not at all', () => {
  const facts = [denied(1), denied(2, { caller: 'processor' }), denied(3, { action: 'sqs:SendMessage' })];
  expect(refusedCalls(facts, 'creator', RESOURCES).map(({ action }) => action)).toEqual([
    'sqs:SendMessage',
    'dynamodb:PutItem',
  ]);
});

test('the calls of all are told apart, each with the name of its caller', () => {
  const facts = [denied(1), denied(2, { caller: 'processor' })];
  expect(refusedCalls(facts, undefined, RESOURCES).map(({ caller }) => caller)).toEqual([
    'processor',
    'creator',
  ]);
});

// CloudFormation reference: a Ref to a topic or a state machine gives its ARN, one to a bucket its name.
test('a bucket is named by its attribute, a topic by a Ref', () => {
  const none = { tables: [], queues: [], buses: [], functions: [] };
  const topic = 'arn:aws:sns:eu-west-1:123456789012:news';
  const resources = namedResources({
    ...none,
    resources: [
      { logicalId: 'Pictures', type: 'AWS::S3::Bucket', physicalId: 'pictures' },
      { logicalId: 'News', type: 'AWS::SNS::Topic', physicalId: topic },
    ],
  });
  const facts = [denied(1, { resource: 'arn:aws:s3:::pictures/a.png' }), denied(2, { resource: topic })];
  expect(refusedCalls(facts, 'creator', resources).map(({ statement }) => statement)).toEqual([
    expect.stringContaining('Resource: !Ref News\n'),
    expect.stringContaining(`Resource: !Sub '\${Pictures.Arn}/a.png'\n`),
  ]);
});
