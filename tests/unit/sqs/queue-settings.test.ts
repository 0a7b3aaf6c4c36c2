import { expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

test('all attributes of a queue show its settings, counts and policies', async () => {
  const statement = {
    effect: 'Allow',
    actions: ['sqs:SendMessage'],
    principals: { Service: ['events.amazonaws.com'] },
  } as const;
  const { call, receive } = testSqs([
    queueModel('parcels', {
      redrive: { deadLetterArn: 'arn:aws:sqs:eu-west-1:123456789012:dead', maxReceiveCount: 3 },
      resourcePolicy: [
        { ...statement, actions: [...statement.actions], principals: { Service: ['events.amazonaws.com'] } },
      ],
    }),
  ]);
  await call('SendMessage', { MessageBody: 'a' });
  await call('SendMessage', { MessageBody: 'b' });
  await receive();
  const { Attributes } = await call('GetQueueAttributes', { AttributeNames: ['All'] });
  expect(Attributes).toEqual({
    QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:parcels',
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: String(Date.UTC(2026, 10, 23, 9, 30) / 1000),
    LastModifiedTimestamp: String(Date.UTC(2026, 10, 23, 9, 30) / 1000),
    VisibilityTimeout: '30',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    Policy:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage"}]}',
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":3}',
    SqsManagedSseEnabled: 'false',
  });
});

test('settings can be changed, and hold from then on', async () => {
  const { call, receive, clock } = testSqs([queueModel('parcels'), queueModel('dead')]);
  const RedrivePolicy =
    '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":1}';
  await clock.advance(5_000);
  await call('SetQueueAttributes', { Attributes: { VisibilityTimeout: '2', RedrivePolicy } });
  await call('SendMessage', { MessageBody: 'a' });
  await receive();
  await clock.advance(2_000);
  expect(await receive()).toEqual([]);
  expect(await receive({ QueueUrl: 'dead' })).toHaveLength(1);
  expect(
    await call('GetQueueAttributes', { AttributeNames: ['RedrivePolicy', 'LastModifiedTimestamp'] }),
  ).toEqual({
    Attributes: { RedrivePolicy, LastModifiedTimestamp: String(Date.UTC(2026, 10, 23, 9, 30, 5) / 1000) },
  });
  await call('SetQueueAttributes', { Attributes: { RedrivePolicy: '' } });
  expect(await call('GetQueueAttributes', { AttributeNames: ['RedrivePolicy'] })).toEqual({});
});

test.each([
  [{ FifoQueue: 'true' }, 'InvalidAttributeName', 'Unknown Attribute FifoQueue.'],
  [
    { VisibilityTimeout: '43201' },
    'InvalidAttributeValue',
    'Invalid value for the parameter VisibilityTimeout.',
  ],
  [{ DelaySeconds: 'soon' }, 'InvalidAttributeValue', 'Invalid value for the parameter DelaySeconds.'],
  [{ Policy: 'let me' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
  [
    { RedrivePolicy: '{"deadLetterTargetArn":"dummy","maxReceiveCount":42}' },
    'InvalidParameterValueException',
    'Value {"deadLetterTargetArn":"dummy","maxReceiveCount":42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
  ],
  [
    {
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:parcels","maxReceiveCount":0}',
    },
    'InvalidParameterValueException',
    expect.stringContaining(
      'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.',
    ),
  ],
  [
    {
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:nobody","maxReceiveCount":1}',
    },
    'InvalidParameterValueException',
    expect.stringContaining('Dead letter target does not exist.'),
  ],
])('the setting %j is refused', async (Attributes, code, message) => {
  const { call } = testSqs();
  await expect(call('SetQueueAttributes', { Attributes })).rejects.toMatchObject({ code, message });
});

test('an unknown attribute name is refused', async () => {
  const { call } = testSqs();
  await expect(call('GetQueueAttributes', { AttributeNames: ['Colour'] })).rejects.toMatchObject({
    code: 'InvalidAttributeName',
    message: 'Unknown Attribute Colour.',
  });
});
