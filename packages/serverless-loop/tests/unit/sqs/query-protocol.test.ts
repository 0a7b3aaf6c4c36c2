import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { formInput } from '../../../src/aws/form-members.ts';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import { parseForm } from '../../../src/gateway/protocols/form.ts';
import { renderAnswer, renderError } from '../../../src/gateway/protocols/query-xml.ts';
import { testSqs } from './test-sqs.ts';

const service = testSqs().sqs.query;

function operationBy(name: string) {
  const operation = service.operations[name];
  if (!operation) throw new Error(`SQS has no operation ${name}`);
  return operation;
}

function inputOf({ Action = '', ...parameters }: Record<string, string>) {
  const { input } = operationBy(Action);
  return formInput(input, parseForm(new URLSearchParams(parameters).toString()));
}

function answerOf(name: string, output: JsonObject) {
  return renderAnswer({ service, operation: operationBy(name) }, name, output, 'r-1');
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
test('a query becomes the input that the JSON protocol would carry', () => {
  expect(
    inputOf({
      Action: 'SendMessage',
      QueueUrl: 'http://127.0.0.1/1/parcels',
      MessageBody: 'a & b',
      DelaySeconds: '5',
      'MessageAttribute.2.Name': 'size',
      'MessageAttribute.2.Value.DataType': 'Number',
      'MessageAttribute.2.Value.StringValue': '7',
      'MessageAttribute.1.Name': 'kind',
      'MessageAttribute.1.Value.DataType': 'Binary',
      'MessageAttribute.1.Value.BinaryValue': 'AQID',
      'MessageSystemAttribute.1.Name': 'AWSTraceHeader',
      'MessageSystemAttribute.1.Value.DataType': 'String',
      'MessageSystemAttribute.1.Value.StringValue': 'Root=1-a',
    }),
  ).toEqual({
    QueueUrl: 'http://127.0.0.1/1/parcels',
    MessageBody: 'a & b',
    DelaySeconds: 5,
    MessageAttributes: {
      kind: { DataType: 'Binary', BinaryValue: 'AQID' },
      size: { DataType: 'Number', StringValue: '7' },
    },
    MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-a' } },
  });
});

test('numbered lists, batches, attribute maps and tags keep their order', () => {
  const receive = inputOf({
    Action: 'ReceiveMessage',
    MaxNumberOfMessages: '10',
    WaitTimeSeconds: '20',
    'AttributeName.10': 'last',
    'AttributeName.9': 'first',
    'MessageAttributeName.1': 'All',
  });
  expect(receive).toEqual({
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 20,
    AttributeNames: ['first', 'last'],
    // The model has one name in forms for the old list and the new.
    MessageSystemAttributeNames: ['first', 'last'],
    MessageAttributeNames: ['All'],
  });
  const batch = inputOf({
    Action: 'ChangeMessageVisibilityBatch',
    'ChangeMessageVisibilityBatchRequestEntry.1.Id': 'a',
    'ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout': '0',
    'ChangeMessageVisibilityBatchRequestEntry.2.Id': 'b',
  });
  expect(batch).toEqual({ Entries: [{ Id: 'a', VisibilityTimeout: 0 }, { Id: 'b' }] });
  const creation = inputOf({
    Action: 'CreateQueue',
    QueueName: 'q',
    'Attribute.1.Name': 'DelaySeconds',
    'Attribute.1.Value': '5',
    'Tag.1.Key': 'team',
    'Tag.1.Value': 'depot',
  });
  expect(creation).toEqual({ QueueName: 'q', Attributes: { DelaySeconds: '5' }, tags: { team: 'depot' } });
});

test('a received message is written with an element for each attribute', () => {
  const xml = answerOf('ReceiveMessage', {
    Messages: [
      {
        MessageId: 'm',
        Body: '<a> & "b"\r',
        Attributes: { SenderId: 's' },
        MessageAttributes: { kind: { StringValue: 'box', DataType: 'String' } },
      },
    ],
  });
  expect(xml).toBe(
    '<?xml version="1.0"?><ReceiveMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ReceiveMessageResult><Message>' +
      '<MessageId>m</MessageId><Body>&lt;a&gt; &amp; &quot;b&quot;&#xD;</Body>' +
      '<Attribute><Name>SenderId</Name><Value>s</Value></Attribute>' +
      '<MessageAttribute><Name>kind</Name><Value><StringValue>box</StringValue><DataType>String</DataType></Value></MessageAttribute>' +
      '</Message></ReceiveMessageResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></ReceiveMessageResponse>',
  );
});

test.each([
  ['ReceiveMessage', {}, '<ReceiveMessageResult/>'],
  ['DeleteMessage', {}, '2012-11-05/"><ResponseMetadata>'],
  [
    'ListQueues',
    { QueueUrls: ['u1', 'u2'], NextToken: 't' },
    '<ListQueuesResult><QueueUrl>u1</QueueUrl><QueueUrl>u2</QueueUrl><NextToken>t</NextToken></ListQueuesResult>',
  ],
  [
    'GetQueueAttributes',
    { Attributes: { DelaySeconds: '5' } },
    '<GetQueueAttributesResult><Attribute><Name>DelaySeconds</Name><Value>5</Value></Attribute></GetQueueAttributesResult>',
  ],
  [
    'ListQueueTags',
    { Tags: { team: 'depot' } },
    '<ListQueueTagsResult><Tag><Key>team</Key><Value>depot</Value></Tag></ListQueueTagsResult>',
  ],
  [
    'ChangeMessageVisibilityBatch',
    { Successful: [{ Id: 'a' }] },
    '<ChangeMessageVisibilityBatchResultEntry><Id>a</Id></ChangeMessageVisibilityBatchResultEntry>',
  ],
  [
    'SendMessageBatch',
    {
      Successful: [{ Id: 'a', MessageId: 'm' }],
      Failed: [{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }],
    },
    '<SendMessageBatchResult><SendMessageBatchResultEntry><Id>a</Id><MessageId>m</MessageId></SendMessageBatchResultEntry><BatchResultErrorEntry><Id>b</Id><SenderFault>true</SenderFault><Code>InvalidParameterValue</Code></BatchResultErrorEntry></SendMessageBatchResult>',
  ],
])('the answer of %s to %j is in its XML', (operation, output, part) => {
  expect(answerOf(operation, output)).toContain(part);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-json-faqs.html: "… x-amzn-query-error"
test('an error is written under the code that older clients know', () => {
  const error = new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  expect(renderError(service, error, 'r-1')).toBe(
    '<?xml version="1.0"?><ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type>' +
      '<Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message><Detail/>' +
      '</Error><RequestId>r-1</RequestId></ErrorResponse>',
  );
});

test('a list or map without items, sent as its bare name, has none', () => {
  expect(inputOf({ Action: 'ReceiveMessage', MessageAttributeNames: '', AttributeName: '' })).toEqual({
    MessageAttributeNames: [],
    AttributeNames: [],
    MessageSystemAttributeNames: [],
  });
  expect(inputOf({ Action: 'SendMessageBatch', Entries: '' })).toEqual({ Entries: [] });
  expect(inputOf({ Action: 'UntagQueue', TagKeys: '', QueueUrl: '' })).toEqual({ TagKeys: [], QueueUrl: '' });
  expect(inputOf({ Action: 'CreateQueue', Attributes: '', Tag: '' })).toEqual({ Attributes: {}, tags: {} });
});
