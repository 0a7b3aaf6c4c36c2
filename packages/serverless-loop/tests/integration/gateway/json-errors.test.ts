import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test, vi } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import {
  dynamoDbOf,
  eventBridgeOf,
  gatewayUnderTest,
  post,
  signedFor,
  sqsOf,
  terminalErrors,
} from './gateway-under-test.ts';

const GET_ITEM = { 'X-Amz-Target': 'DynamoDB_20120810.GetItem', Authorization: signedFor('dynamodb') };

describe('an error', () => {
  test('of the service keeps its name, status and members', async () => {
    const { clientOptions, gateway } = await gatewayUnderTest({
      json: [
        dynamoDbOf({
          PutItem() {
            const members = { Item: { id: { S: 'a' } } };
            throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
              members,
            });
          },
        }),
      ],
    });
    const put = new PutItemCommand({ TableName: 'boxes', Item: { id: { S: 'a' } } });
    await expect(new DynamoDBClient(clientOptions).send(put)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { id: { S: 'a' } },
      $metadata: { httpStatusCode: 400 },
    });
    const { text } = await post(gateway, { ...GET_ITEM, 'X-Amz-Target': 'DynamoDB_20120810.PutItem' }, '{}');
    expect(JSON.parse(text).__type).toBe('com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException');
  });

  test('of authorization comes before the operation, in the framework namespace', async () => {
    const getItem = vi.fn(() => ({}));
    const { gateway } = await gatewayUnderTest({
      json: [dynamoDbOf({ GetItem: getItem })],
      authorize: (_call, _needs, service) => {
        throw new AwsError('AccessDeniedException', `not ${service}`);
      },
    });
    const { status, text } = await post(gateway, GET_ITEM, '{}');
    expect({ status, body: JSON.parse(text) }).toEqual({
      status: 400,
      body: { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'not dynamodb' },
    });
    expect(getItem).not.toHaveBeenCalled();
  });

  test('of EventBridge has no namespace', async () => {
    const { clientOptions, gateway } = await gatewayUnderTest({
      json: [
        eventBridgeOf({
          PutEvents() {
            throw new AwsError(
              'ValidationException',
              'Total size of the entries in the request is over the limit.',
            );
          },
        }),
      ],
    });
    await expect(
      new EventBridgeClient(clientOptions).send(new PutEventsCommand({ Entries: [] })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
    const headers = { 'X-Amz-Target': 'AWSEvents.PutEvents', Authorization: signedFor('events') };
    expect(JSON.parse((await post(gateway, headers, '{}')).text).__type).toBe('ValidationException');
  });

  test('of SQS carries the name from the query protocol', async () => {
    const { clientOptions } = await gatewayUnderTest({
      json: [
        sqsOf({
          SendMessage() {
            const headers = { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' };
            throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.', { headers });
          },
        }),
      ],
    });
    const send = new SendMessageCommand({ QueueUrl: `${clientOptions.endpoint}/1/q`, MessageBody: 'x' });
    await expect(new SQSClient(clientOptions).send(send)).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist.',
    });
  });

  test('of the gateway can be read by a client of SQS too', async () => {
    const { clientOptions } = await gatewayUnderTest({ json: [sqsOf({})] });
    const send = new SendMessageCommand({ QueueUrl: `${clientOptions.endpoint}/1/q`, MessageBody: 'x' });
    await expect(new SQSClient(clientOptions).send(send)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: "The loop doesn't emulate SendMessage of AmazonSQS.",
    });
  });

  test.each([
    ['DynamoDB_20120810.GetItem', 'dynamodb', 'com.amazonaws.dynamodb.v20120810#InternalServerError'],
    ['AWSEvents.PutEvents', 'events', 'InternalFailure'],
  ])('of the loop itself in %s tells the terminal, not the caller', async (target, service, type) => {
    const told = terminalErrors();
    const bug = () => {
      throw new Error('the secret bug');
    };
    const { gateway } = await gatewayUnderTest({
      json: [dynamoDbOf({ GetItem: bug }), eventBridgeOf({ PutEvents: bug })],
    });
    const answer = await post(gateway, { 'X-Amz-Target': target, Authorization: signedFor(service) }, '{}');
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text).__type).toBe(type);
    expect(answer.text).not.toContain('secret');
    expect(told).toHaveBeenCalledWith(expect.stringMatching(/^The loop failed to answer .*the secret bug/s));
  });
});
