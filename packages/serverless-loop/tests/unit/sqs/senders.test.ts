import { expect, test } from 'vitest';
import { evaluate } from '../../../src/services/iam/evaluate.ts';
import type { SqsOptions } from '../../../src/services/sqs/sqs.ts';
import { queueModel, testSqs } from './test-sqs.ts';

const ruleArn = 'arn:aws:events:eu-west-1:123456789012:rule/packed';
const rule = { service: 'events.amazonaws.com', sourceArn: ruleArn };
const statements = [{ effect: 'Allow' as const, actions: ['sqs:SendMessage'] }];
const parcels = queueModel('parcels', { resourcePolicy: statements });

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html, and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, aws:SourceArn
test('a service may send when the queue’s policy lets it, for its source', async () => {
  const asked: Parameters<SqsOptions['allows']>[0][] = [];
  const { sqs, receive, facts } = testSqs([parcels], (request) => asked.push(request) > 0);
  await sqs.receive(
    parcels.arn,
    { body: '{}', attributes: { RULE_ARN: { dataType: 'String', value: ruleArn } } },
    rule,
  );
  expect(asked).toEqual([
    {
      statements,
      principal: { service: 'events.amazonaws.com' },
      action: 'sqs:SendMessage',
      resource: parcels.arn,
      sourceArn: ruleArn,
    },
  ]);
  const [message] = await receive({ MessageAttributeNames: ['All'] });
  expect([message]).toMatchObject([
    {
      MessageAttributes: { RULE_ARN: { DataType: 'String', StringValue: ruleArn } },
      Attributes: { SenderId: 'events.amazonaws.com' },
    },
  ]);
  expect(facts[0]).toEqual({
    kind: 'queue.sent',
    queueName: 'parcels',
    messageId: message?.MessageId,
    sender: 'events.amazonaws.com',
    sizeBytes: 65,
  });
});

test('a service that the policy does not let in is refused as SQS refuses', async () => {
  const { sqs, receive } = testSqs([parcels], () => false);
  expect(() => sqs.receive(parcels.arn, { body: '{}' }, rule)).toThrow(
    expect.objectContaining({
      code: 'AccessDeniedException',
      status: 403,
      message: `User: events.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: ${parcels.arn} because no resource-based policy allows the sqs:sendmessage action`,
    }),
  );
  expect(await receive()).toEqual([]);
});

const decided: SqsOptions['allows'] = ({ statements: judged, ...request }) =>
  evaluate(judged, request).decision === 'Allow';
const role = { name: 'packer', role: { arn: 'arn:aws:iam::123456789012:role/packer' } };

test('a role of the account may send unless the queue’s policy denies it', () => {
  const denying = queueModel('parcels', {
    resourcePolicy: [{ effect: 'Deny', principals: { AWS: ['*'] }, actions: ['sqs:*'] }],
  });
  const { sqs } = testSqs([denying], decided);
  expect(() => sqs.receive(denying.arn, { body: '{}' }, role)).toThrow(
    expect.objectContaining({
      code: 'AccessDeniedException',
      message: `User: ${role.role.arn} is not authorized to perform: sqs:sendmessage on resource: ${denying.arn} with an explicit deny in a resource-based policy`,
    }),
  );
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
test('a role of the account needs no queue policy', async () => {
  const { sqs, receive } = testSqs([queueModel('parcels')], decided);
  sqs.receive(parcels.arn, { body: '{}', traceHeader: 'Root=1-a' }, role);
  expect(await receive()).toMatchObject([{ Attributes: { AWSTraceHeader: 'Root=1-a' } }]);
});

test('a message for no queue, and one that is too long, are refused', () => {
  const { sqs } = testSqs([queueModel('parcels', { maximumMessageBytes: 1024 })]);
  const elsewhere = 'arn:aws:sqs:us-east-1:123456789012:parcels';
  expect(() => sqs.receive(elsewhere, { body: '{}' }, rule)).toThrow(
    expect.objectContaining({ code: 'QueueDoesNotExist' }),
  );
  expect(() => sqs.receive(parcels.arn, { body: 'x'.repeat(1025) }, rule)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterValueException' }),
  );
});
