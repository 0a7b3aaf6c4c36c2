import { describe, expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
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
    SqsManagedSseEnabled: 'true',
  });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
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

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html: the valid values of each attribute
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

// As AWS answered: localstack/localstack, tests/aws/services/sqs/test_sqs.snapshot.json, test_set_queue_attributes_default_values,
// test_sse_queue_attributes and test_sse_kms_and_sqs_are_mutually_exclusive.
describe('how a queue encrypts', () => {
  const names = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'];
  function startedQueue() {
    const { call } = testSqs();
    const set = (Attributes: Record<string, string>) => call('SetQueueAttributes', { Attributes });
    const shown = async () => (await call('GetQueueAttributes', { AttributeNames: names })).Attributes;
    return { set, shown, call };
  }

  test('by a key of SQS’s own, until a key of KMS takes its place; without that, not at all', async () => {
    const { set, shown } = startedQueue();
    expect(await shown()).toEqual({ SqsManagedSseEnabled: 'true' });
    await set({ KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000' });
    expect(await shown()).toEqual({
      KmsMasterKeyId: 'testKeyId',
      KmsDataKeyReusePeriodSeconds: '6000',
      SqsManagedSseEnabled: 'false',
    });
    await set({ KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' });
    expect(await shown()).toEqual({ SqsManagedSseEnabled: 'false' });
    await set({ SqsManagedSseEnabled: 'true' });
    expect(await shown()).toEqual({ SqsManagedSseEnabled: 'true' });
  });

  test('not both ways at once', async () => {
    const { set, shown } = startedQueue();
    await expect(set({ KmsMasterKeyId: 'testKeyId', SqsManagedSseEnabled: 'true' })).rejects.toMatchObject({
      code: 'InvalidAttributeName',
      message:
        'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    });
    await expect(set({ KmsDataKeyReusePeriodSeconds: '59' })).rejects.toMatchObject({
      code: 'InvalidAttributeValue',
    });
    expect(await shown()).toEqual({ SqsManagedSseEnabled: 'true' });
  });

  test('as it was created, which creating it once more must not contradict', async () => {
    const { call } = startedQueue();
    const safe = { QueueName: 'safe', Attributes: { KmsMasterKeyId: 'alias/aws/sqs' } };
    const { QueueUrl } = await call('CreateQueue', safe);
    expect(await call('CreateQueue', safe)).toEqual({ QueueUrl });
    await expect(
      call('CreateQueue', { ...safe, Attributes: { KmsMasterKeyId: 'other' } }),
    ).rejects.toMatchObject({
      code: 'QueueNameExists',
    });
    expect(await call('GetQueueAttributes', { QueueUrl, AttributeNames: names })).toEqual({
      Attributes: {
        KmsMasterKeyId: 'alias/aws/sqs',
        KmsDataKeyReusePeriodSeconds: '300',
        SqsManagedSseEnabled: 'false',
      },
    });
  });
});

test('whose dead letters a queue takes is kept until it is emptied', async () => {
  const { call } = testSqs();
  const RedriveAllowPolicy = '{"redrivePermission":"allowAll"}';
  const shown = () => call('GetQueueAttributes', { AttributeNames: ['RedriveAllowPolicy'] });
  expect(await shown()).toEqual({});
  await call('SetQueueAttributes', { Attributes: { RedriveAllowPolicy } });
  expect(await shown()).toEqual({ Attributes: { RedriveAllowPolicy } });
  await call('SetQueueAttributes', { Attributes: { RedriveAllowPolicy: '' } });
  expect(await shown()).toEqual({});
  await expect(
    call('SetQueueAttributes', { Attributes: { RedriveAllowPolicy: '{"redrivePermission":"some"}' } }),
  ).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
});

/** SQS API reference, "SetQueueAttributes", RedriveAllowPolicy; the words of the refusal are the loop's own. */
describe('a redrive allow policy', () => {
  const arnOf = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`;
  const redriveTo = (name: string) =>
    JSON.stringify({ deadLetterTargetArn: arnOf(name), maxReceiveCount: 3 });

  test.each([
    [{ redrivePermission: 'allowAll' }, true],
    [{ redrivePermission: 'denyAll' }, false],
    [{ redrivePermission: 'byQueue', sourceQueueArns: [arnOf('parcels')] }, true],
    [{ redrivePermission: 'byQueue', sourceQueueArns: [arnOf('others')] }, false],
  ])('of %j says whose dead letters a queue takes', async (policy, isAllowed) => {
    const { call } = testSqs([
      queueModel('parcels'),
      queueModel('dead', { redriveAllowPolicy: JSON.stringify(policy) }),
    ]);
    const refusal = await call('SetQueueAttributes', {
      Attributes: { RedrivePolicy: redriveTo('dead') },
    }).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const told = 'The redrive allow policy of the dead letter target does not allow this source queue.';
    expect(refusal).toEqual(isAllowed ? undefined : expect.stringContaining(told));
  });

  test.each([
    [{ redrivePermission: 'byQueue' }],
    [{ redrivePermission: 'denyAll', sourceQueueArns: [arnOf('parcels')] }],
    [
      {
        redrivePermission: 'byQueue',
        sourceQueueArns: Array.from({ length: 11 }, (_, at) => arnOf(`q${at}`)),
      },
    ],
  ])('of %j is refused', async (policy) => {
    const { call } = testSqs([queueModel('parcels')]);
    await expect(
      call('SetQueueAttributes', { Attributes: { RedriveAllowPolicy: JSON.stringify(policy) } }),
    ).rejects.toThrow("Amazon SQS can't create the redrive allow policy.");
  });
});
