import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, onTestFinished, test } from 'vitest';
import { orderBus } from '../../../src/adapters/order-bus.ts';
import type { OrderCreated } from '../../../src/orders/order-created.ts';
import { journalInMemory } from '../../unit/app/in-memory-parts.ts';
import { type Answer, startAwsStandIn } from './aws-stand-in.ts';

const EVENT: OrderCreated = {
  metadata: { schemaVersion: '1', correlationId: 'request-1' },
  orderId: '3748256f-cc3a-5b31-88c6-8490770a2651',
  createdAt: '2026-01-31T12:00:00.000Z',
  deliveryMethod: 'PICKUP',
  snackCount: 1,
  totalQuantity: 2,
};
const PUBLISHED: Answer = { body: { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] } };

function refused(errorCode: string): Answer {
  return {
    body: {
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: errorCode, ErrorMessage: `because of ${errorCode}` }],
    },
  };
}

/** A bus whose endpoint gives these answers one after the other, and whose waits take no time but are counted as such. */
async function busThatAnswers(answers: Answer[], { random = 0.5, remainingMs = 20_000 } = {}) {
  const aws = await startAwsStandIn(() => answers.shift() ?? PUBLISHED);
  const client = new EventBridgeClient({
    endpoint: aws.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await aws.stop();
  });
  const sleptMs: number[] = [];
  const { journal, decisions } = journalInMemory();
  const bus = orderBus({
    client,
    busName: 'orders-of-a-test',
    sleep: async (delayMs) => void sleptMs.push(delayMs),
    random: () => random,
    marginMs: 9_000,
    journal,
  });
  const spentMs = () => sleptMs.reduce((sum, each) => sum + each, 0);
  return {
    calls: aws.calls,
    sleptMs,
    decisions,
    publish: () => bus.publish(EVENT, () => remainingMs - spentMs()),
  };
}

test('an event is one entry on the bus, its detail as JSON', async () => {
  const { publish, calls } = await busThatAnswers([]);
  await publish();
  expect(calls).toMatchObject([
    {
      operation: 'PutEvents',
      input: {
        Entries: [
          {
            EventBusName: 'orders-of-a-test',
            Source: 'serverless-snacks.orders',
            DetailType: 'Order Created',
            Detail: JSON.stringify(EVENT),
          },
        ],
      },
    },
  ]);
});

describe('an entry that the bus refuses is an error to the caller, at once', () => {
  test.each([
    'MalformedDetail',
    'NotAuthorizedForSourceException',
    'InvalidArgument',
    'AccessDeniedException',
  ])('%s', async (errorCode) => {
    const { publish, calls } = await busThatAnswers([refused(errorCode)]);
    await expect(publish()).rejects.toMatchObject({
      name: 'PublishFailed',
      orderId: EVENT.orderId,
      errorCode,
      attempts: 1,
    });
    expect(calls).toHaveLength(1);
  });
});

describe('an entry that another try can cure is tried again', () => {
  test.each(['ThrottlingException', 'InternalFailure'])('%s', async (errorCode) => {
    const { publish, calls, sleptMs, decisions } = await busThatAnswers([
      refused(errorCode),
      refused(errorCode),
      PUBLISHED,
    ]);
    await publish();
    expect(calls).toHaveLength(3);
    expect(sleptMs).toEqual([25, 50]);
    expect(decisions).toEqual([
      { what: 'publish retried', errorCode, attempt: 2 },
      { what: 'publish retried', errorCode, attempt: 3 },
    ]);
  });
});

test('the wait is anything up to a delay that doubles until it is two seconds', async () => {
  const failures = Array.from({ length: 9 }, () => refused('InternalFailure'));
  const { publish, sleptMs } = await busThatAnswers(failures, { random: 0.999_999, remainingMs: 60_000 });
  await publish();
  expect(sleptMs.map(Math.round)).toEqual([50, 100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
});

test('tries end while there is time for the caller to hear of it', async () => {
  const failures = Array.from({ length: 99 }, () => refused('ThrottlingException'));
  const { publish, sleptMs } = await busThatAnswers(failures, { random: 1, remainingMs: 10_000 });
  await expect(publish()).rejects.toMatchObject({ errorCode: 'ThrottlingException', attempts: 5 });
  expect(sleptMs).toEqual([50, 100, 200, 400]);
});

test('a call that the bus refuses as a whole is an error to the caller', async () => {
  const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'not authorized' } };
  const { publish } = await busThatAnswers([denied]);
  await expect(publish()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
