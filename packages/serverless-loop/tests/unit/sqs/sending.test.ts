import { expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html, MD5OfMessageBody, and https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html on the digest of attributes
test('the answer holds the MD5 of body and attributes that SDKs compare', async () => {
  const { call } = testSqs();
  // Both digests: LocalStack's record, tests/aws/services/sqs/test_sqs.snapshot.json, test_receive_message_message_attribute_names_filters.
  expect(
    await call('SendMessage', {
      MessageBody: 'msg',
      MessageAttributes: { Hello: text('There'), General: text('Kenobi'), 'Help.Me': text('Me') },
    }),
  ).toMatchObject({
    MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
    MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
  });
});

// LocalStack's record, tests/aws/services/sqs/test_sqs.snapshot.json, test_receive_message_message_attribute_names_filters.
test.each([
  [['All'], 3, '4c360f3fdafd970e05fae2f149d997f5'],
  [['*'], 3, '4c360f3fdafd970e05fae2f149d997f5'],
  [['.*'], 3, '4c360f3fdafd970e05fae2f149d997f5'],
  [['Hello', 'General'], 2, 'fca026605781cb4126a1e9044df24232'],
  [['Hello', 'Nobody'], 1, 'a311262e065454b75da111d535b8dacd'],
  [['Hel.*'], 2, '83fee93c1bcd8b9a5a923ffacdc636c7'],
])('a receive of the attributes %j gets %i, with the MD5 of these', async (names, count, md5) => {
  const { call, receive } = testSqs();
  await call('SendMessage', {
    MessageBody: 'msg',
    MessageAttributes: { Hello: text('There'), General: text('Kenobi'), 'Help.Me': text('Me') },
  });
  const [message] = await receive({ MessageAttributeNames: names });
  expect(Object.keys(message?.MessageAttributes ?? {})).toHaveLength(count);
  expect(message?.MD5OfMessageAttributes).toBe(md5);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, MessageAttributeNames and MessageSystemAttributeNames
test('a receive that names no attributes gets none', async () => {
  const { call } = testSqs();
  await call('SendMessage', { MessageBody: 'msg', MessageAttributes: { Hello: text('There') } });
  const { Messages } = await call('ReceiveMessage');
  expect(Messages).toEqual([
    {
      MessageId: expect.any(String),
      ReceiptHandle: expect.any(String),
      MD5OfBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
      Body: 'msg',
    },
  ]);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html, AWSTraceHeader
test('the trace of the call goes with the message, unless the message names its own', async () => {
  const { call, receive } = testSqs();
  await call(
    'SendMessage',
    { MessageBody: 'a' },
    { traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793' },
  );
  await call(
    'SendMessage',
    { MessageBody: 'b', MessageSystemAttributes: { AWSTraceHeader: text('Root=1-own') } },
    { traceHeader: 'Root=1-call' },
  );
  const traces = (await receive({ MaxNumberOfMessages: 2 })).map(
    ({ Attributes }) => Attributes.AWSTraceHeader,
  );
  expect(traces).toEqual(['Root=1-5759e988-bd862e3fe1be46a994272793', 'Root=1-own']);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html, MaximumMessageSize: 1,024 bytes to 1 MiB; attributes count
test('a message of exactly the maximum is taken, one byte more is not, attributes included', async () => {
  const { call } = testSqs([queueModel('parcels', { maximumMessageBytes: 1024 })]);
  const MessageAttributes = { n: text('1', 'Number') };
  const room = 1024 - 'n'.length - 'Number'.length - '1'.length;
  await call('SendMessage', { MessageBody: 'é'.repeat(room / 2), MessageAttributes });
  await expect(
    call('SendMessage', { MessageBody: 'x'.repeat(room + 1), MessageAttributes }),
  ).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
  });
});

test.each([
  ['no body', {}, 'MissingRequiredParameterException', 'The request must contain the parameter MessageBody.'],
  [
    'an empty body',
    { MessageBody: '' },
    'MissingRequiredParameterException',
    'The request must contain the parameter MessageBody.',
  ],
  [
    'a control character',
    { MessageBody: 'a\u0001' },
    'InvalidMessageContents',
    expect.stringContaining('Invalid characters found.'),
  ],
  ['half a surrogate pair', { MessageBody: '\ud800' }, 'InvalidMessageContents', expect.any(String)],
  [
    'a delay of 901 s',
    { MessageBody: 'a', DelaySeconds: 901 },
    'InvalidParameterValueException',
    expect.stringContaining('DelaySeconds'),
  ],
  [
    'a deduplication id',
    { MessageBody: 'a', MessageDeduplicationId: 'd' },
    'InvalidParameterValueException',
    expect.stringContaining('not valid for this queue type'),
  ],
  [
    'a group id with a space',
    { MessageBody: 'a', MessageGroupId: 'a b' },
    'InvalidParameterValueException',
    expect.stringContaining('MessageGroupId can only include'),
  ],
  [
    'an empty attribute',
    { MessageBody: 'a', MessageAttributes: { e: text('') } },
    'InvalidParameterValueException',
    "Message (user) attribute 'e' must contain a non-empty value of type 'String'.",
  ],
  [
    'a reserved attribute',
    { MessageBody: 'a', MessageAttributes: { 'AWS.x': text('1') } },
    'InvalidParameterValueException',
    expect.stringContaining("beginning with 'AWS.'"),
  ],
  [
    'an unknown type',
    { MessageBody: 'a', MessageAttributes: { e: text('1', 'Float') } },
    'InvalidParameterValueException',
    expect.stringContaining('Binary, Number, String'),
  ],
  [
    'a number that is none',
    { MessageBody: 'a', MessageAttributes: { e: text('x', 'Number') } },
    'InvalidParameterValueException',
    expect.stringContaining('number'),
  ],
  [
    '11 attributes',
    {
      MessageBody: 'a',
      MessageAttributes: Object.fromEntries(Array.from('abcdefghijk', (name) => [name, text('1')])),
    },
    'InvalidParameterValueException',
    expect.stringContaining('[11]'),
  ],
  [
    'a body that is no text',
    { MessageBody: 7 },
    'SerializationException',
    expect.stringContaining('MessageBody'),
  ],
])('%s is refused', async (_what, input, code, message) => {
  const { call, receive } = testSqs();
  await expect(call('SendMessage', input)).rejects.toMatchObject({ code, message, status: 400 });
  expect(await receive()).toEqual([]);
});

test('characters outside the basic plane, tabs and line ends are taken as they are', async () => {
  const { call, receive } = testSqs();
  const MessageBody = '🥨\t\r\n\ufffd';
  await call('SendMessage', { MessageBody });
  expect(await receive()).toMatchObject([{ Body: MessageBody }]);
});

// localstack/localstack, tests/aws/services/sqs/test_sqs.py, test_send_message_with_invalid_string_attributes (validated on AWS).
test('an attribute’s name may hold letters of any script, but no other signs', async () => {
  const { call, receive } = testSqs();
  await call('SendMessage', { MessageBody: 'a', MessageAttributes: { 'attr.1øßä': text('x') } });
  const [message] = await receive({ MessageAttributeNames: ['attr.*'] });
  expect(message?.MessageAttributes).toEqual({ 'attr.1øßä': text('x') });
  for (const sign of ['!', '"', '§', '(', '?', ' '])
    await expect(
      call('SendMessage', { MessageBody: 'a', MessageAttributes: { [`a-${sign}-b`]: text('x') } }),
    ).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
});

test('an attribute’s value with control characters is an invalid value of a parameter, not of the message', async () => {
  const { call } = testSqs();
  await expect(
    call('SendMessage', { MessageBody: 'a', MessageAttributes: { kind: text('a\u0008b') } }),
  ).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(
    call('SendMessage', {
      MessageBody: 'a',
      MessageAttributes: { kind: text('7', `Number.${'L'.repeat(256)}`) },
    }),
  ).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
});
