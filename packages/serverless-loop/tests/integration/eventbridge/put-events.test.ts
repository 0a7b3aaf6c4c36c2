import { describe, expect, test } from 'vitest';
import { needed } from '../../operation-calls.ts';
import { busArn, entry, rule, startTestBus } from './test-bus.ts';

const anyId = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('the answer', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html, Response Elements
  test('has an id for each entry, in their order, and says what failed', async () => {
    const bus = startTestBus();
    const answer = await bus.call('PutEvents', {
      Entries: [
        entry(),
        entry({ Source: undefined }),
        entry({ Detail: '[]' }),
        entry({ Source: 'aws.ec2' }),
        entry({ Source: 'other' }),
      ],
    });
    expect(answer).toEqual({
      FailedEntryCount: 3,
      Entries: [
        { EventId: anyId },
        {
          ErrorCode: 'InvalidArgument',
          ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
        },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
        { EventId: anyId },
      ],
    });
    await bus.idle();
    expect(bus.deliveries).toHaveLength(1);
    expect(bus.facts.filter(({ kind }) => kind === 'event.refused')).toEqual([
      expect.objectContaining({ busName: 'depot', source: '', errorCode: 'InvalidArgument' }),
      expect.objectContaining({ busName: 'depot', source: 'depot', errorCode: 'MalformedDetail' }),
      expect.objectContaining({ source: 'aws.ec2', errorCode: 'NotAuthorizedForSourceException' }),
    ]);
  });

  test('does not wait for a delivery', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const bus = startTestBus({ target: () => released });
    expect(await bus.call('PutEvents', { Entries: [entry()] })).toMatchObject({ FailedEntryCount: 0 });
    expect(bus.deliveries).toEqual([]);
    await new Promise(setImmediate);
    expect(bus.deliveries).toHaveLength(1);
    release();
    await bus.idle();
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html, Entries
  test('ten entries are allowed', async () => {
    const bus = startTestBus();
    const answer = await bus.call('PutEvents', { Entries: Array.from({ length: 10 }, () => entry()) });
    expect(answer).toMatchObject({ FailedEntryCount: 0 });
    await bus.idle();
    expect(bus.deliveries).toHaveLength(10);
  });
});

describe('the whole call fails and publishes nothing', () => {
  const others = Buffer.byteLength('depot' + 'Box Packed' + '{"x":""}');
  const big = (bytes: number) => entry({ Detail: `{"x":"${'x'.repeat(bytes - others)}"}` });

  test.each([
    ['without entries', {}, 'Member must not be null'],
    ['with none', { Entries: [] }, 'greater than or equal to 1'],
    ['with eleven', { Entries: Array.from({ length: 11 }, () => entry()) }, 'less than or equal to 10'],
    [
      'with a megabyte in all',
      { Entries: [big(524_288), big(524_288)] },
      'Total size of the entries in the request is over the limit.',
    ],
  ])('%s', async (_fact, input, message) => {
    const bus = startTestBus();
    await expect(bus.call('PutEvents', input)).rejects.toMatchObject({
      code: 'ValidationException',
      status: 400,
      message: expect.stringContaining(message),
    });
    await bus.idle();
    expect(bus.facts).toEqual([]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
  test('but not with one byte less', async () => {
    const bus = startTestBus();
    const input = { Entries: [big(524_288), big(524_287)] };
    expect(await bus.call('PutEvents', input)).toMatchObject({ FailedEntryCount: 0 });
    await bus.idle();
  });
});

describe('the bus', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html, EventBusName
  test('is found by name and by ARN', async () => {
    const bus = startTestBus();
    await bus.call('PutEvents', { Entries: [entry(), entry({ EventBusName: busArn })] });
    await bus.idle();
    expect(bus.deliveries).toHaveLength(2);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html, EventBusName
  test('is the default one when none is named, declared or not', async () => {
    const bus = startTestBus({ rules: [rule({ busName: 'default' })] });
    await bus.call('PutEvents', { Entries: [entry({ EventBusName: undefined }), entry()] });
    await bus.idle();
    expect(bus.deliveries).toHaveLength(1);
  });

  test.each(['nowhere', 'arn:aws:events:eu-west-1:999999999999:event-bus/depot'])(
    '%s that does not exist drops the event without a word',
    async (EventBusName) => {
      const bus = startTestBus();
      expect(await bus.call('PutEvents', { Entries: [entry({ EventBusName })] })).toEqual({
        FailedEntryCount: 0,
        Entries: [{ EventId: anyId }],
      });
      await bus.idle();
      expect(bus.deliveries).toEqual([]);
      expect(bus.facts).toContainEqual({
        kind: 'event.unmatched',
        busName: EventBusName,
        eventId: anyId,
        reason: 'no such bus',
      });
    },
  );
});

describe('the rights that a call needs', () => {
  test('PutEvents on each bus once', () => {
    const { service } = startTestBus();
    const needs = needed(service.operations.PutEvents, {
      Entries: [entry(), entry(), entry({ EventBusName: busArn }), entry({ EventBusName: undefined })],
    });
    expect(new Set(needs?.map(({ resource }) => resource))).toEqual(
      new Set([busArn, 'arn:aws:events:eu-west-1:123456789012:event-bus/default']),
    );
    expect(new Set(needs?.map(({ action }) => action))).toEqual(new Set(['events:PutEvents']));
  });

  test.each([
    {},
    { Entries: 7 },
    { Entries: [null, 'x', { EventBusName: 7 }] },
    { Name: 7, EventBusName: [] },
  ])('no operation stumbles over %j', (input) => {
    for (const operation of Object.values(startTestBus().service.operations))
      expect(() => needed(operation, input)).not.toThrow();
  });
});
