import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import { DAY_MS } from '../../../src/aws/time-units.ts';
import { manualClock } from '../../manual-clock.ts';
import { busArn, entry, rule, startTestBus, type TestBus, target } from './test-bus.ts';

const ARCHIVE_ARN = 'arn:aws:events:eu-west-1:123456789012:archive/kept';
const WHOLE = { EventStartTime: 0, EventEndTime: 4_000_000_000 };

function archive(overrides: JsonObject = {}): JsonObject {
  return { ArchiveName: 'kept', EventSourceArn: busArn, ...overrides };
}

function replay(overrides: JsonObject = {}): JsonObject {
  return {
    ReplayName: 'again',
    EventSourceArn: ARCHIVE_ARN,
    Destination: { Arn: busArn },
    ...WHOLE,
    ...overrides,
  };
}

async function publish(bus: TestBus, ...entries: JsonObject[]): Promise<void> {
  for (const each of entries) await bus.call('PutEvents', { Entries: [each] });
  await bus.idle();
}

async function refusal(bus: TestBus, operation: string, input: JsonObject): Promise<unknown> {
  return bus.call(operation, input).catch((error: unknown) => error);
}

describe('archives', () => {
  test('show what they hold, by their pattern', async () => {
    const bus = startTestBus();
    const made = await bus.call('CreateArchive', archive({ EventPattern: '{"detail":{"box":[7]}}' }));
    expect(made).toEqual({ ArchiveArn: ARCHIVE_ARN, State: 'ENABLED', CreationTime: expect.any(Number) });
    await publish(bus, entry(), entry({ Detail: '{"box":8}' }), entry());
    expect(await bus.call('DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({
      ArchiveArn: ARCHIVE_ARN,
      EventSourceArn: busArn,
      EventPattern: '{"detail":{"box":[7]}}',
      EventCount: 2,
      RetentionDays: 0,
      SizeBytes: bus.deliveries[0]?.input.length && 2 * bus.deliveries[0].input.length,
    });
    expect(await bus.call('ListArchives', { NamePrefix: 'ke', EventSourceArn: busArn })).toMatchObject({
      Archives: [{ ArchiveName: 'kept', EventCount: 2 }],
    });
    expect(await bus.call('ListArchives', { State: 'DISABLED' })).toEqual({ Archives: [] });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html, RetentionDays
  test('forget what is older than they keep it, by the day', async () => {
    const wallClock = manualClock();
    const bus = startTestBus({ wallClock });
    await bus.call('CreateArchive', archive({ RetentionDays: 2 }));
    await publish(bus, entry());
    await wallClock.advance(DAY_MS);
    await publish(bus, entry());
    await wallClock.advance(DAY_MS);
    expect(await bus.call('DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({ EventCount: 1 });
    await bus.call('UpdateArchive', { ArchiveName: 'kept', RetentionDays: 1 });
    expect(await bus.call('DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({ EventCount: 0 });
  });

  test('are refused in the words of AWS', async () => {
    const bus = startTestBus();
    await bus.call('CreateArchive', archive());
    const cases: [string, JsonObject, string, string][] = [
      ['CreateArchive', archive(), 'ResourceAlreadyExistsException', 'Archive kept already exists.'],
      [
        'CreateArchive',
        archive({ ArchiveName: 'other', EventSourceArn: `${busArn}s` }),
        'ResourceNotFoundException',
        'Event bus depots does not exist.',
      ],
      [
        'ListArchives',
        { EventSourceArn: `${busArn}s` },
        'ResourceNotFoundException',
        'Event bus depots does not exist.',
      ],
      ['DescribeArchive', { ArchiveName: 'no' }, 'ResourceNotFoundException', 'Archive no does not exist.'],
      ['DeleteArchive', { ArchiveName: 'no' }, 'ResourceNotFoundException', 'Archive no does not exist.'],
      [
        'UpdateArchive',
        { ArchiveName: 'no' },
        'ValidationException',
        'At least one of EventPattern, RetentionDays or Description must be provided.',
      ],
      [
        'CreateArchive',
        archive({ ArchiveName: 'other', EventPattern: '{"source":"x"}' }),
        'InvalidEventPatternException',
        'Event pattern is not valid.',
      ],
    ];
    for (const [operation, input, code, words] of cases) {
      const error = await refusal(bus, operation, input);
      expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    }
    await bus.call('DeleteArchive', { ArchiveName: 'kept' });
    expect(await bus.call('ListArchives', {})).toEqual({ Archives: [] });
  });
});

describe('replays', () => {
  test('send events again with their name, numbers as they were written, and archive none of them', async () => {
    const bus = startTestBus();
    await bus.call('CreateArchive', archive());
    await publish(bus, entry({ Detail: '{"box": 12345678901234567890}' }));
    const [first] = bus.deliveries;
    const started = await bus.call('StartReplay', replay({ Description: 'once more' }));
    expect(started).toEqual({
      ReplayArn: 'arn:aws:events:eu-west-1:123456789012:replay/again',
      State: 'STARTING',
      ReplayStartTime: expect.any(Number),
    });
    await bus.idle();
    // LocalStack's record, test_archive_and_replay.snapshot.json: between the Region and the resources.
    expect(bus.deliveries[1]?.input).toBe(
      first?.input.replace('"resources"', '"replay-name":"again","resources"'),
    );
    expect(await bus.call('DescribeReplay', { ReplayName: 'again' })).toMatchObject({
      State: 'COMPLETED',
      Description: 'once more',
      Destination: { Arn: busArn },
      EventSourceArn: ARCHIVE_ARN,
      EventLastReplayedTime: expect.any(Number),
      ReplayEndTime: expect.any(Number),
    });
    expect(await bus.call('DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({ EventCount: 1 });
    expect(bus.facts).toContainEqual({
      kind: 'replay.ended',
      replayName: 'again',
      state: 'COMPLETED',
      eventCount: 1,
    });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html, Destination.FilterArns
  test('go to the rules that were named and to no other', async () => {
    const rules = ['packed', 'other'].map((name) => rule({ name, targets: [target({ id: name })] }));
    const bus = startTestBus({ rules });
    await bus.call('CreateArchive', archive());
    await publish(bus, entry());
    bus.deliveries.length = 0;
    await bus.call(
      'StartReplay',
      replay({ Destination: { Arn: busArn, FilterArns: [rules[1]?.arn ?? ''] } }),
    );
    await bus.idle();
    expect(bus.deliveries.map(({ ruleName }) => ruleName)).toEqual(['other']);
  });

  test('send what happened in their span, in the order of the events’ own times', async () => {
    const bus = startTestBus();
    await bus.call('CreateArchive', archive());
    const at = (Time: number) => entry({ Time, Detail: JSON.stringify({ at: Time }) });
    await publish(bus, at(300), at(100), at(200), at(401));
    bus.deliveries.length = 0;
    await bus.call('StartReplay', replay({ EventStartTime: 100, EventEndTime: 400 }));
    await bus.idle();
    expect(bus.deliveries.map(({ input }) => JSON.parse(input).detail.at)).toEqual([100, 200, 300]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CancelReplay.html
  test('can be cancelled while they run, and not when they have ended', async () => {
    const bus = startTestBus();
    await bus.call('CreateArchive', archive());
    await publish(bus, entry({ Time: 100 }), entry({ Time: 200 }), entry({ Time: 300 }));
    bus.deliveries.length = 0;
    await bus.call('StartReplay', replay());
    expect(await bus.call('CancelReplay', { ReplayName: 'again' })).toMatchObject({ State: 'CANCELLING' });
    await bus.idle();
    expect(await bus.call('DescribeReplay', { ReplayName: 'again' })).toMatchObject({ State: 'CANCELLED' });
    expect(bus.deliveries).toEqual([]);
    expect(await refusal(bus, 'CancelReplay', { ReplayName: 'again' })).toMatchObject({
      code: 'IllegalStatusException',
    });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: ten concurrent replays
  test('are refused in the words of AWS, and ten at once are the most', async () => {
    const bus = startTestBus();
    await bus.call('CreateArchive', archive());
    await bus.call('StartReplay', replay());
    const defaultBus = busArn.replace('depot', 'default');
    const cases: [JsonObject, string, string][] = [
      [replay(), 'ResourceAlreadyExistsException', 'Replay again already exists.'],
      [
        replay({ ReplayName: 'b', Destination: { Arn: `${busArn}s` } }),
        'ResourceNotFoundException',
        'Event bus depots does not exist.',
      ],
      [
        replay({ ReplayName: 'b', Destination: { Arn: defaultBus } }),
        'ValidationException',
        'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
      ],
      [
        replay({ ReplayName: 'b', EventSourceArn: `${ARCHIVE_ARN}s` }),
        'ValidationException',
        'Parameter EventSourceArn is not valid. Reason: Archive kepts does not exist.',
      ],
      [
        replay({ ReplayName: 'b', EventStartTime: 5, EventEndTime: 5 }),
        'ValidationException',
        'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
      ],
    ];
    for (const [input, code, message] of cases)
      expect(await refusal(bus, 'StartReplay', input)).toMatchObject({ code, message });
    expect(await refusal(bus, 'DescribeReplay', { ReplayName: 'b' })).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Replay b does not exist.',
    });
    for (let number = 2; number <= 10; number += 1)
      await bus.call('StartReplay', replay({ ReplayName: `again-${number}` }));
    expect(await refusal(bus, 'StartReplay', replay({ ReplayName: 'one-too-many' }))).toMatchObject({
      code: 'LimitExceededException',
      message: 'The requested resource exceeds the maximum number allowed.',
    });
    await bus.idle();
    expect(await bus.call('ListReplays', { NamePrefix: 'again-', Limit: 8 })).toMatchObject({
      Replays: { length: 8 },
      NextToken: expect.any(String),
    });
  });
});
