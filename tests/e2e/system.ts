import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, inject } from 'vitest';

/** The system may take so long for anything; on AWS an asynchronous retry alone takes minutes. */
export const PATIENCE_MS = Number(process.env.E2E_PATIENCE_MS ?? 60_000);

/** The endpoint comes from AWS_ENDPOINT_URL, as every AWS SDK reads it; without it these are clients of AWS itself. */
const clients = {
  lambda: new LambdaClient({}),
  events: new EventBridgeClient({}),
  // SQS goes to the host of the queue's URL unless the client is told otherwise.
  sqs: new SQSClient(process.env.AWS_ENDPOINT_URL ? { endpoint: process.env.AWS_ENDPOINT_URL } : {}),
  table: DynamoDBDocumentClient.from(new DynamoDBClient({})),
};

/** An output of the stack under test. */
export function output(name: string): string {
  const value = inject('stackOutputs')[name];
  if (value === undefined) throw new Error(`the stack has no output ${name}`);
  return value;
}

export const { events } = clients;

export interface Invoked {
  answer: Record<string, unknown>;
  functionError: string | undefined;
  requestId: string;
}

/** Invokes a function with an event and waits for its answer. */
export function invoke(functionName: string, event: unknown): Promise<Invoked> {
  return invokeWithText(functionName, JSON.stringify(event));
}

export async function invokeWithText(functionName: string, payload: string): Promise<Invoked> {
  const { Payload, FunctionError, $metadata } = await clients.lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: payload }),
  );
  return {
    answer: JSON.parse(new TextDecoder().decode(Payload)),
    functionError: FunctionError,
    requestId: $metadata.requestId ?? '',
  };
}

/** Leaves an event with Lambda's own queue; gives the request id. */
export async function invokeAsync(functionName: string, event: unknown): Promise<string> {
  const { StatusCode, $metadata } = await clients.lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      Payload: JSON.stringify(event),
      InvocationType: 'Event',
    }),
  );
  expect(StatusCode).toBe(202);
  return $metadata.requestId ?? '';
}

export const placeOrder = (order: unknown) => invoke(output('OrderCreatorFunctionName'), order);

export async function orderItem(orderId: string): Promise<Record<string, unknown> | undefined> {
  const { Item } = await clients.table.send(
    new GetCommand({ TableName: output('OrdersTableName'), Key: { orderId }, ConsistentRead: true }),
  );
  return Item;
}

/** Puts an order into the table behind the creator's back, as one whose event is lost. */
export async function putItem(item: Record<string, unknown>): Promise<void> {
  await clients.table.send(new PutCommand({ TableName: output('OrdersTableName'), Item: item }));
}

/** Waits until an order has a status, and gives its item. */
export async function orderWithStatus(orderId: string, status: string): Promise<Record<string, unknown>> {
  await expect.poll(async () => (await orderItem(orderId))?.status, { timeout: PATIENCE_MS }).toBe(status);
  return (await orderItem(orderId)) ?? {};
}

/** About how many messages wait in a queue. */
export async function queueDepth(queueUrl: string): Promise<number> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes.ApproximateNumberOfMessages);
}

/** Takes messages off a queue until one is the wanted one, deletes that one, and gives its body. */
export async function messageOf(
  queueUrl: string,
  wanted: (body: string) => boolean,
): Promise<Record<string, unknown>> {
  const { Body = '{}', ReceiptHandle } = await seenMessage(queueUrl, wanted);
  await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  return JSON.parse(Body);
}

/** Looks into a queue until the wanted message is there, and leaves it there for others. */
export async function seenMessage(queueUrl: string, wanted: (body: string) => boolean): Promise<Message> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        WaitTimeSeconds: 2,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
      }),
    );
    const found = Messages.find(({ Body = '' }) => wanted(Body));
    if (found) return found;
  }
  throw new Error(`no such message in ${queueUrl} within ${PATIENCE_MS} ms`);
}
