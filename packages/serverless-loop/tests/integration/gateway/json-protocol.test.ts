import { crc32 } from 'node:zlib';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/aws/operation.ts';
import { dynamoDbOf, eventBridgeOf, gatewayUnderTest, post, signedFor } from './gateway-under-test.ts';

const GET_ITEM = { 'X-Amz-Target': 'DynamoDB_20120810.GetItem', Authorization: signedFor('dynamodb') };
const PUT_EVENTS = { 'X-Amz-Target': 'AWSEvents.PutEvents', Authorization: signedFor('events') };

describe('a call of an SDK', () => {
  test('reaches its operation with its input and comes back with the output', async () => {
    const { clientOptions } = await gatewayUnderTest({
      json: [dynamoDbOf({ GetItem: ({ TableName }) => ({ Item: { table: { S: TableName } } }) })],
    });
    const client = new DynamoDBClient(clientOptions);
    const { Item, $metadata } = await client.send(
      new GetItemCommand({ TableName: 'boxes', Key: { id: { S: 'ä€' } } }),
    );
    expect(Item).toEqual({ table: { S: 'boxes' } });
    expect($metadata.requestId).toMatch(/^[0-9A-V]{52}$/);
  });

  test('says who calls, by which request, and from which trace', async () => {
    const calls: Call[] = [];
    const { gateway } = await gatewayUnderTest({
      json: [dynamoDbOf({ GetItem: (_, call) => ({ Count: calls.push(call) }) })],
    });
    const answer = await post(gateway, { ...GET_ITEM, 'X-Amzn-Trace-Id': 'Root=1-5-a' }, '{}');
    expect(calls).toMatchObject([
      {
        caller: { accessKeyId: 'AKIDEXAMPLE' },
        requestId: answer.headers.get('x-amzn-requestid'),
        traceHeader: 'Root=1-5-a',
        endpoint: gateway.endpoint,
      },
    ]);
  });

  test('loads a service that is not there until it is called', async () => {
    let loads = 0;
    const { gateway } = await gatewayUnderTest({
      json: [
        {
          title: 'EventBridge',
          targetPrefix: 'AWSEvents',
          signingName: 'events',
          load: async () => {
            loads += 1;
            return eventBridgeOf({ PutRule: ({ Name }) => ({ RuleArn: Name }) });
          },
        },
      ],
    });
    expect(loads).toBe(0);
    const headers = { 'X-Amz-Target': 'AWSEvents.PutRule', Authorization: signedFor('events') };
    expect(await post(gateway, headers, '{"Name":"packed"}')).toMatchObject({
      status: 200,
      text: '{"RuleArn":"packed"}',
    });
    expect(loads).toBe(1);
  });

  test('without an output gets an empty object', async () => {
    const { clientOptions, gateway } = await gatewayUnderTest({
      json: [eventBridgeOf({ PutRule: () => ({}) })],
    });
    const { $metadata } = await new EventBridgeClient(clientOptions).send(
      new PutRuleCommand({ Name: 'packed' }),
    );
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    const headers = { 'X-Amz-Target': 'AWSEvents.PutRule', Authorization: signedFor('events') };
    expect(await post(gateway, headers, '{}')).toMatchObject({ status: 200, text: '{}' });
  });
});

test("an answer has its service's content type, and DynamoDB's a checksum", async () => {
  const { gateway } = await gatewayUnderTest({
    json: [dynamoDbOf({ GetItem: () => ({ a: 'ä' }) }), eventBridgeOf({ PutEvents: () => ({}) })],
  });
  const fromDynamoDb = await post(gateway, GET_ITEM, '{}');
  expect(fromDynamoDb.headers.get('content-type')).toBe('application/x-amz-json-1.0');
  expect(fromDynamoDb.headers.get('x-amz-crc32')).toBe(String(crc32(fromDynamoDb.text)));
  const fromEventBridge = await post(gateway, PUT_EVENTS, '{}');
  expect(fromEventBridge.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  expect(fromEventBridge.headers.get('x-amz-crc32')).toBeNull();
});

describe('a request that is no call', () => {
  test.each(['{', '', '[]', '"text"', 'null', '42'])(
    'with the body %j is a SerializationException',
    async (body) => {
      const { gateway } = await gatewayUnderTest({ json: [eventBridgeOf({ PutEvents: () => ({}) })] });
      const { status, text } = await post(gateway, PUT_EVENTS, body);
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({
        __type: 'SerializationException',
        Message: expect.stringContaining('not a JSON object'),
      });
    },
  );

  test.each([
    ['DynamoDB_20120810.MakeTea', 'DynamoDB_20120810', 'MakeTea'],
    ['DynamoDB_20120810.constructor', 'DynamoDB_20120810', 'constructor'],
    ['Kinesis_20131202.PutRecord', 'Kinesis_20131202', 'PutRecord'],
    ['nonsense', '', 'nonsense'],
  ])('for %s names what is not emulated, and is a fact', async (target, service, operation) => {
    const { gateway, facts } = await gatewayUnderTest({ json: [dynamoDbOf({ GetItem: () => ({}) })] });
    const { status, text } = await post(gateway, { ...GET_ITEM, 'X-Amz-Target': target }, '{}');
    expect(status).toBe(400);
    expect(text).toContain('UnknownOperationException');
    expect(text).toContain(`The loop doesn't emulate ${operation} of ${service}.`);
    expect(facts).toEqual([{ kind: 'call.unknown', service, operation }]);
  });

  test('without a signature is told that dummy credentials will do', async () => {
    const { gateway } = await gatewayUnderTest({ json: [dynamoDbOf({ GetItem: () => ({}) })] });
    const { status, text } = await post(gateway, { 'X-Amz-Target': 'DynamoDB_20120810.GetItem' }, '{}');
    expect(status).toBe(400);
    expect(text).toContain('com.amazon.coral.service#MissingAuthenticationTokenException');
    expect(text).toContain('dummy credentials will do');
  });
});

test('a call signed for another service is refused in the words of AWS', async () => {
  const { gateway } = await gatewayUnderTest({
    json: [{ ...dynamoDbOf({ GetItem: () => ({}) }), signingName: 'dynamodb' }],
  });
  const answer = await post(gateway, { ...GET_ITEM, Authorization: signedFor('sqs') }, '{}');
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toMatchObject({
    __type: expect.stringMatching(/InvalidSignatureException$/),
    message: "Credential should be scoped to correct service: 'dynamodb'.",
  });
});

test('a call that nobody signed is taken for one of the developer, where the loop takes it', async () => {
  const calls: Call[] = [];
  const { gateway } = await gatewayUnderTest({
    acceptsUnsigned: true,
    json: [dynamoDbOf({ GetItem: (_, call) => ({ Count: calls.push(call) }) })],
  });
  const { Authorization: _, ...unsigned } = GET_ITEM;
  expect(await post(gateway, unsigned, '{}')).toMatchObject({ status: 200 });
  expect(calls).toMatchObject([{ caller: {} }]);
});
