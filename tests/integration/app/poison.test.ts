import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions, MET_ONCE, runLoop } from '../../loop.ts';
import { objectIn } from './events/event-files.ts';
import { systemOf, TEMPLATE } from './events/system.ts';

const ITEM = JSON.parse(JSON.stringify(objectIn('order-created.item.json')));
const STORED = unmarshall(ITEM);

/** order-created.json, whose order is there and NEW, with other things in its detail. */
function eventWith(detail: object) {
  const event = objectIn('order-created.json');
  return { ...event, detail: { ...Object(event.detail), ...detail } };
}

const UNKNOWN_ID = '00000000-0000-5000-8000-000000000000';

let running: Awaited<ReturnType<typeof runLoop>>;
beforeAll(async () => {
  running = await runLoop(TEMPLATE);
});
afterAll(() => running.stop());

test.each([
  [
    'of another schema version',
    eventWith({ metadata: { schemaVersion: '2', correlationId: 'request-1' } }),
    { errorType: 'UnknownSchemaVersion', errorMessage: expect.stringContaining('schema version 2') },
  ],
  [
    'with a detail that is not ours',
    eventWith({ snackCount: 'many' }),
    {
      errorType: 'ForeignEvent',
      errorMessage: expect.stringMatching(
        /snackCount: expected a whole number .*, found text of 4 characters/,
      ),
    },
  ],
  [
    'of an order that does not exist',
    eventWith({ orderId: UNKNOWN_ID }),
    { errorType: 'OrderNotFound', errorMessage: `There is no order ${UNKNOWN_ID}` },
  ],
])(
  'an event %s ends in the failure queue, which says so, and changes no order',
  async (_what, event, error) => {
    const system = systemOf(running);
    await system.putItem(ITEM);
    await system.publish(event);

    const QueueUrl = running.loop.physicalId('OrderProcessorFailureQueue');
    const sqs = new SQSClient(clientOptions(running.loop));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl, MaxNumberOfMessages: 10 }),
    );
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([
      {
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        requestPayload: { detail: event.detail },
        responsePayload: error,
      },
    ]);
    expect(await system.storedOrder(STORED.orderId)).toEqual(STORED);
    expect(await system.storedOrder(UNKNOWN_ID)).toBeUndefined();
  },
);
