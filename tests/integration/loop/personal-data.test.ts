import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sampleOf } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, loopUnderTest, MET_ONCE } from '../../loop.ts';
import { templateWith, WITHOUT_PERMISSION } from '../app/events/dead-letters.ts';
import { objectIn } from '../app/events/event-files.ts';
import { systemOf } from '../app/events/system.ts';
import { keptTelemetry } from './kept-telemetry.ts';
import { BAD_ORDERS, CONFLICTING_ORDER, GOOD_ORDER, MARKERS, markersIn } from './marked-orders.ts';

/** Holds whole orders, to be sent again: the one exception. */
const GUARDED_QUEUE = 'OrderCreatorFailureQueue';

const PATHS = [
  { when: 'all goes well', replaced: [/^/, ''], decision: 'order processed', letters: [] },
  {
    when: 'the table fails',
    replaced: ['Action: dynamodb:PutItem', 'Action: dynamodb:GetItem'],
    decision: 'AccessDeniedException',
    letters: [GUARDED_QUEUE],
  },
  {
    when: 'publishing fails',
    replaced: ['Action: events:PutEvents', 'Action: events:DescribeEventBus'],
    decision: 'AccessDeniedException',
    letters: [GUARDED_QUEUE],
  },
  {
    when: 'the processor fails',
    replaced: ['Action: dynamodb:UpdateItem', 'Action: dynamodb:GetItem'],
    decision: 'AccessDeniedException',
    letters: ['OrderProcessorFailureQueue'],
  },
  {
    when: 'the rule cannot deliver',
    replaced: WITHOUT_PERMISSION,
    decision: 'order created',
    letters: ['OrderCreatedDeadLetterQueue'],
  },
] as const;

test.each(sampleOf(PATHS, 1))(
  'nothing of a customer leaves the table when $when, but for the creator’s own failure queue',
  async ({ replaced: [what, replacement], decision, letters }) => {
    const running = await loopUnderTest(templateWith(what, replacement));
    const { loop } = running;
    const answers = await answersTo(running, [GOOD_ORDER, GOOD_ORDER, CONFLICTING_ORDER, ...BAD_ORDERS]);
    const system = systemOf(running);
    await system.createOrderAsync(JSON.stringify({ ...GOOD_ORDER, idempotencyKey: undefined }));
    // An event of no order, and one of another schema: the processor fails at both.
    await system.publish(objectIn('order-created-unknown-order.json'));
    await system.publish(objectIn('order-created-version-2.json'));
    await expect.poll(() => loop.segments().length).toBeGreaterThan(0);

    const inQueues = await lettersOf(running);
    for (const queue of letters) expect(inQueues[queue]).not.toEqual([]);
    const { [GUARDED_QUEUE]: guarded, ...open } = inQueues;
    const kept = await keptTelemetry(loop);
    expect(kept.lines.join('\n')).toContain(decision);
    expect(JSON.stringify(kept.metrics)).toContain('OrdersRefused');
    expect(kept.traces).not.toEqual([]);
    const seen = JSON.stringify({
      answers,
      facts: loop.facts.soFar(),
      open,
      segments: loop.segments(),
      kept,
    });
    expect(markersIn(seen)).toEqual([]);

    // The search finds what is there: in the table, or in the queue that is guarded.
    expect(markersIn(JSON.stringify([await itemsOf(running), guarded]))).toEqual(MARKERS);
  },
);

async function answersTo({ loop }: LoopUnderTest, orders: unknown[]): Promise<string[]> {
  const lambda = new LambdaClient(clientOptions(loop));
  const answers: string[] = [];
  for (const order of orders) {
    const { Payload, LogResult = '' } = await lambda.send(
      new InvokeCommand({
        FunctionName: 'OrderCreatorFunction',
        Payload: JSON.stringify(order),
        LogType: 'Tail',
      }),
    );
    answers.push(new TextDecoder().decode(Payload), Buffer.from(LogResult, 'base64').toString());
  }
  return answers;
}

/** The bodies in each queue, by its logical id. */
async function lettersOf({ loop }: LoopUnderTest): Promise<Record<string, string[]>> {
  const sqs = new SQSClient(clientOptions(loop));
  const queues = loop.resources.filter(({ type }) => type === 'AWS::SQS::Queue');
  const bodies = queues.map(async ({ logicalId, physicalId: url }) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl: url, MaxNumberOfMessages: 10 }),
    );
    return [logicalId, Messages.map(({ Body = '' }) => Body)] as const;
  });
  return Object.fromEntries(await Promise.all(bodies));
}

async function itemsOf({ loop }: LoopUnderTest) {
  const dynamodb = new DynamoDBClient(clientOptions(loop));
  return (await dynamodb.send(new ScanCommand({ TableName: loop.physicalId('OrdersTable') }))).Items;
}
