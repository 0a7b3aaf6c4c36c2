import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished } from 'vitest';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { clientOptions, loopUnderTest, projectFolder } from '../../loop.ts';
import { ROOT } from '../../unit/app/template.ts';
import { type Overload, startLimitingProxy } from './limiting-proxy.ts';

const PATIENCE = { interval: 100 };

export interface LimitedSystem {
  /** By AWS operation that functions call. */
  overloads?: Record<string, Overload>;
  parameters?: Record<string, string>;
  /** Changes template.yaml's text. */
  template?: (text: string) => string;
}

/** The system of template.yaml behind limits, until the test ends, and what becomes of the orders that it is given. */
export async function ordersUnderLimits({
  overloads = {},
  parameters = {},
  template = (text) => text,
}: LimitedSystem) {
  const proxy = await startLimitingProxy(overloads);
  onTestFinished(proxy.stop);
  const text = readFileSync(path.join(ROOT, 'template.yaml'), 'utf8');
  const folder = projectFolder({
    'template.yaml': template(text.replace('CodeUri: src/', `CodeUri: ${ROOT}/src/`)),
  });
  const { loop, factsOf } = await loopUnderTest(path.join(folder, 'template.yaml'), {
    functionEndpoint: proxy.endpoint,
    parameters,
  });
  proxy.forwardTo(loop.endpoint);

  const lambda = new LambdaClient(clientOptions(loop));
  const sqs = new SQSClient(clientOptions(loop));
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(loop)));
  /** Bodies of dead letters by the queue's output. */
  const failures = { creator: new Set<string>(), processor: new Set<string>() };

  function output(name: string): string {
    const value = loop.outputs[name];
    if (value === undefined) throw new Error(`the template has no output ${name}`);
    return value;
  }

  async function invokeAsync(functionOutput: string, event: unknown): Promise<void> {
    const Payload = JSON.stringify(event);
    await lambda.send(
      new InvokeCommand({ FunctionName: output(functionOutput), InvocationType: 'Event', Payload }),
    );
  }

  async function order(key: string): Promise<Record<string, unknown> | undefined> {
    const Key = { orderId: orderIdFor({ idempotencyKey: key }, '') };
    return (await table.send(new GetCommand({ TableName: output('OrdersTableName'), Key }))).Item;
  }

  async function drain(queueOutput: string, into: Set<string>): Promise<void> {
    const QueueUrl = output(queueOutput);
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      for (const { Body = '', ReceiptHandle } of Messages) {
        into.add(Body);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      if (Messages.length === 0) return;
    }
  }

  /** Keys of the orders that are neither PROCESSED nor kept in a failure queue. */
  async function missing(keys: string[]): Promise<string[]> {
    await drain('OrderCreatorFailureQueueUrl', failures.creator);
    await drain('OrderProcessorFailureQueueUrl', failures.processor);
    const kept = [...failures.creator, ...failures.processor].join('\n');
    const isMissing = await Promise.all(
      keys.map(async (key) => {
        const orderId = orderIdFor({ idempotencyKey: key }, '');
        return (await order(key))?.status !== 'PROCESSED' && !kept.includes(key) && !kept.includes(orderId);
      }),
    );
    return keys.filter((_, index) => isMissing[index]);
  }

  return {
    proxy,
    factsOf,
    place: (keys: string[]) =>
      Promise.all(keys.map((key) => invokeAsync('OrderCreatorFunctionArn', orderWithKey(key)))),
    /** Waits until each order is PROCESSED or kept in a failure queue; gives how many messages those hold. */
    async allAccountedFor(keys: string[]): Promise<number> {
      // Every try is over; then a look at each order is enough.
      await loop.idle();
      await expect.poll(() => missing(keys), PATIENCE).toEqual([]);
      return failures.creator.size + failures.processor.size;
    },
    /** Without limits from now on, sends each failure again to the function that missed it. */
    async repair(): Promise<void> {
      proxy.lift();
      for (const body of failures.creator)
        await invokeAsync('OrderCreatorFunctionArn', JSON.parse(body).requestPayload);
      for (const body of failures.processor)
        await invokeAsync('OrderProcessorFunctionArn', JSON.parse(body).requestPayload);
    },
    async allProcessedOnce(keys: string[]): Promise<void> {
      await loop.idle();
      const histories = async () =>
        (await Promise.all(keys.map(order))).map((item) => JSON.stringify(statusesOf(item)));
      await expect
        .poll(async () => [...new Set(await histories())], PATIENCE)
        .toEqual(['["NEW","PROCESSED"]']);
    },
    order,
  };
}

/** Distinct idempotency keys for so many orders. */
export function keysFor(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `order-under-limits-${String(index).padStart(4, '0')}`);
}

function orderWithKey(idempotencyKey: string) {
  return {
    customer: { name: 'Robin Example', email: 'robin@example.com', phone: '+4915112345678' },
    snacks: [{ sku: 'PRETZEL-01', quantity: 3 }],
    delivery: {
      method: 'EXPRESS',
      address: { line1: '1 Example Street', city: 'Exampleton', postcode: '12345', country: 'DE' },
      notes: 'Ring twice',
    },
    idempotencyKey,
  };
}

function statusesOf(item: Record<string, unknown> | undefined): unknown[] {
  return Array.isArray(item?.history) ? item.history.map(({ status }) => status) : [];
}
