import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { onlyInMatrix } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { DETAIL_TYPE, parseOrderCreated, SCHEMA_VERSION, SOURCE } from '../../../src/orders/order-created.ts';
import { clientOptions, type LoopUnderTest, loopUnderTest, MET_ONCE } from '../../loop.ts';
import { accepts, readSchema } from '../../unit/contract/json-schema.ts';
import { templateWith } from '../app/events/dead-letters.ts';
import { objectIn, textOf } from '../app/events/event-files.ts';
import { AS_IN_THE_FILES, systemOf } from '../app/events/system.ts';
import { blockOf } from './pages.ts';

const example: Record<string, unknown> = JSON.parse(blockOf('docs/events.md', 'json'));
const schema = readSchema(`schemas/order-created.v${SCHEMA_VERSION}.json`);

/** A queue that hears all that is on the bus, as it is delivered. */
const LISTENER = `
  ListenerQueue:
    Type: AWS::SQS::Queue
  ListenerQueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref ListenerQueue]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: events.amazonaws.com }
            Action: sqs:SendMessage
            Resource: !GetAtt ListenerQueue.Arn
  Listener:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref OrderBus
      EventPattern: { source: [{ prefix: "" }] }
      Targets: [{ Id: Queue, Arn: !GetAtt ListenerQueue.Arn }]
`;

const templateWithListener = () => templateWith(/^Resources:\n/m, `Resources:\n${LISTENER}`);

/** The events that the listener has, oldest first. */
async function eventsHeard({ loop }: LoopUnderTest): Promise<Record<string, unknown>[]> {
  const receive = new ReceiveMessageCommand({
    ...MET_ONCE,
    QueueUrl: loop.physicalId('ListenerQueue'),
    MaxNumberOfMessages: 10,
  });
  const { Messages = [] } = await new SQSClient(clientOptions(loop)).send(receive);
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

/** The event with a word in place of what is another each time; a time keeps its form. */
function generalised(event: Record<string, unknown>): unknown {
  const text = JSON.stringify(event)
    .replace(/("id"|"correlationId"):"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/g, '$1:"uuid"')
    .replace(/("time"|"createdAt"):"([^"]+)"/g, (_, name, time) => `${name}:"${time.replace(/\d/g, '0')}"`);
  return JSON.parse(text);
}

test('the example of docs/events.md is what a consumer understands and its schema describes', () => {
  expect(example).toMatchObject({ source: SOURCE, 'detail-type': DETAIL_TYPE });
  expect(accepts(schema, example.detail)).toBe(true);
  expect(parseOrderCreated(example)).toBe(example.detail);
  expect(objectIn('order-created.json')).toEqual(example);
});

test('it is what the system publishes', async () => {
  const running = await loopUnderTest(templateWithListener(), AS_IN_THE_FILES);
  const system = systemOf(running);
  await system.createOrder(textOf('order-with-key.json'));
  await system.settled();
  const [published = {}, ...more] = await eventsHeard(running);
  expect(more).toEqual([]);
  expect(generalised(published)).toEqual(generalised(example));
  expect(accepts(schema, published.detail)).toBe(true);
});

onlyInMatrix(() => {
  test('every kind of order that the system takes makes an event that the schema describes', async () => {
    const running = await loopUnderTest(templateWithListener());
    const system = systemOf(running);
    for (const file of ['order.json', 'order-express.json', 'order-pickup.json']) {
      await system.createOrder(textOf(file));
    }
    await system.settled();
    const events = await eventsHeard(running);
    expect(events).toHaveLength(3);
    expect(events.filter(({ detail }) => !accepts(schema, detail))).toEqual([]);
  });
});
