import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest } from '../../loop-in-process.ts';

const TEMPLATE = path.resolve(import.meta.dirname, '../../../template.yaml');

/** A text in each field that could hold something personal, unlike anything else in the system. */
const MARKER = 'Zq7marker';

const GOOD = {
  customer: { name: `${MARKER} name`, email: `${MARKER}@example.com`, phone: '+49777000777' },
  snacks: [{ sku: 'PRETZEL', quantity: 2 }],
  delivery: {
    method: 'STANDARD',
    address: {
      line1: `${MARKER} 1`,
      line2: `${MARKER} 2`,
      city: `${MARKER} city`,
      postcode: 'Zq7marker',
      country: 'DE',
    },
    notes: `${MARKER} notes`,
  },
  idempotencyKey: `${MARKER}-0123456789abcdef`,
};

const BAD = [
  { ...GOOD, customer: { ...GOOD.customer, email: `${MARKER} no address` } },
  { ...GOOD, customer: { ...GOOD.customer, phone: `${MARKER}` } },
  { ...GOOD, delivery: { ...GOOD.delivery, method: MARKER, notes: MARKER.repeat(100) } },
  { ...GOOD, snacks: [{ sku: `${MARKER} !`, quantity: MARKER }] },
  { ...GOOD, idempotencyKey: MARKER },
  `${MARKER}`,
  [MARKER],
];

test('no customer data reaches logs, metrics, traces, events, queues or refusals', async () => {
  const { loop, facts } = await loopUnderTest(TEMPLATE);
  const lambda = new LambdaClient(clientOptions(loop));
  const answers: string[] = [];
  for (const order of [GOOD, GOOD, ...BAD]) {
    const { Payload, LogResult } = await lambda.send(
      new InvokeCommand({
        FunctionName: 'OrderCreatorFunction',
        Payload: JSON.stringify(order),
        LogType: 'Tail',
      }),
    );
    answers.push(new TextDecoder().decode(Payload), Buffer.from(LogResult ?? '', 'base64').toString());
  }
  // An event of no order: the processor fails, and its record reaches the failure queue.
  await new EventBridgeClient(clientOptions(loop)).send(
    new PutEventsCommand({
      Entries: [
        {
          Source: 'serverless-snacks.orders',
          DetailType: 'Order Created',
          EventBusName: loop.stack.buses[0]?.name,
          Detail: JSON.stringify({
            metadata: { schemaVersion: '1', correlationId: 'correlation' },
            orderId: randomUUID(),
            createdAt: '2026-01-01T00:00:00.000Z',
            deliveryMethod: 'PICKUP',
            snackCount: 1,
            totalQuantity: 1,
          }),
        },
      ],
    }),
  );
  await loop.idle();
  const letters = await messagesOf(loop);

  // The table is where the data belongs: the search below would find it.
  const { Items } = await new DynamoDBClient(clientOptions(loop)).send(
    new ScanCommand({ TableName: loop.stack.tables[0]?.name }),
  );
  expect(JSON.stringify(Items)).toContain(MARKER);

  await expect.poll(() => loop.segments().length).toBeGreaterThan(0);
  expect(letters.length).toBeGreaterThan(0);
  expect(facts.length).toBeGreaterThan(20);
  const everything = JSON.stringify({ answers, facts, letters, segments: loop.segments() });
  expect(everything).not.toContain(MARKER);
  expect(everything).not.toContain('49777000777');
});

async function messagesOf(loop: Parameters<typeof clientOptions>[0]): Promise<string[]> {
  const sqs = new SQSClient(clientOptions(loop));
  const received = await Promise.all(
    loop.stack.queues.map(({ url }) =>
      sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 1 })),
    ),
  );
  return received.flatMap(({ Messages = [] }) => Messages.map(({ Body = '' }) => Body));
}
