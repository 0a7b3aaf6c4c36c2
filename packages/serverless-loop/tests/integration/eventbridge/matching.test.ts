import { describe, expect, test } from 'vitest';
import { inferredSegmentId } from '../../../src/aws/trace-header.ts';
import { entry, functionArn, rule, startTestBus, target } from './test-bus.ts';

const anyId = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('matching', () => {
  test('delivers to every target of every rule that matches, and to no other', async () => {
    const bus = startTestBus({
      rules: [
        rule({ name: 'both', targets: [target(), target({ id: 'second', inputPath: '$.detail' })] }),
        rule({ name: 'one', pattern: { detail: { box: [7] } } }),
        rule({ name: 'other', pattern: { detail: { box: [8] } } }),
        rule({ name: 'disabled', enabled: false }),
        rule({ name: 'elsewhere', busName: 'default' }),
      ],
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await bus.idle();
    expect(bus.deliveries.map(({ ruleName }) => ruleName)).toEqual(['both', 'both', 'one']);
    expect(bus.deliveries[1]?.input).toBe('{"box":7}');
    expect(bus.facts.filter(({ kind }) => kind === 'rule.matched')).toMatchObject([
      { ruleName: 'both', busName: 'depot', targetCount: 2 },
      { ruleName: 'one', busName: 'depot', targetCount: 1 },
    ]);
  });

  test('a rule that has only a schedule matches no event', async () => {
    const { pattern: _pattern, ...schedule } = rule({
      busName: 'default',
      scheduleExpression: 'rate(1 minute)',
    });
    const bus = startTestBus({ rules: [schedule] });
    await bus.call('PutEvents', { Entries: [entry({ EventBusName: 'default' })] });
    await bus.idle();
    expect(bus.deliveries).toEqual([]);
  });

  test('an event that no rule wants is reported', async () => {
    const bus = startTestBus();
    await bus.call('PutEvents', { Entries: [entry({ Source: 'other', DetailType: 'Odd' })] });
    await bus.idle();
    expect(bus.facts).toEqual([
      { kind: 'event.published', busName: 'depot', eventId: anyId, source: 'other', detailType: 'Odd' },
      { kind: 'event.unmatched', busName: 'depot', eventId: anyId, reason: 'no matching rule' },
    ]);
  });

  test('an event’s way is reported from its publishing to its delivery', async () => {
    const bus = startTestBus();
    await bus.call('PutEvents', { Entries: [entry()] });
    await bus.idle();
    const eventId = bus.deliveries[0]?.eventId ?? '';
    expect(bus.facts).toEqual([
      { kind: 'event.published', busName: 'depot', eventId, source: 'depot', detailType: 'Box Packed' },
      { kind: 'rule.matched', ruleName: 'packed', busName: 'depot', eventId, targetCount: 1 },
      {
        kind: 'delivery.succeeded',
        ruleName: 'packed',
        busName: 'depot',
        eventId,
        targetArn: functionArn,
        attempt: 1,
      },
    ]);
  });
});

describe('what a target is handed', () => {
  const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

  test('the event, whose id the caller got, with its rule', async () => {
    const bus = startTestBus();
    const answer = await bus.call('PutEvents', { Entries: [entry({ Time: 1_763_890_200 })] });
    await bus.idle();
    const [delivery] = bus.deliveries;
    expect(answer).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: delivery?.eventId }] });
    expect(delivery).toEqual({
      targetArn: functionArn,
      ruleArn: 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed',
      ruleName: 'packed',
      eventId: anyId,
      input: expect.any(String),
    });
    expect(JSON.parse(delivery?.input ?? '')).toEqual({
      version: '0',
      id: delivery?.eventId,
      'detail-type': 'Box Packed',
      source: 'depot',
      account: '123456789012',
      time: '2025-11-23T09:30:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: { box: 7 },
    });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html, TraceHeader
  test('the trace of the entry’s header, or else of the call’s, whose caller is now the bus', async () => {
    const bus = startTestBus();
    const ofCall = 'Root=1-67891233-abcdef012345678912345678';
    const input = { Entries: [entry({ TraceHeader: header }), entry(), entry({ TraceHeader: 'odd' })] };
    await bus.call('PutEvents', input, { traceHeader: ofCall });
    await bus.idle();
    const bySender = header.replace(/Parent=[0-9a-f]{16}/, `Parent=${inferredSegmentId('53995c3f42cd8ad8')}`);
    expect(bus.deliveries.map(({ traceHeader }) => traceHeader)).toEqual([bySender, ofCall, undefined]);
  });
});

test('a rule that can not be tried to the end is told of, and the other rules get the event', async () => {
  const alternatives = Array.from({ length: 20 }, (_, index) => ({ a: { x: [1], [`z${index}`]: [1] } }));
  const bus = startTestBus({
    rules: [rule({ name: 'endless', pattern: { detail: { $or: alternatives } } }), rule({ name: 'packed' })],
  });
  const ends = alternatives.map((_, index) => ({ [`z${index}`]: 1 }));
  const Detail = JSON.stringify({ a: [...Array.from({ length: 120_000 }, () => ({ x: 1 })), ...ends] });
  await bus.call('PutEvents', { Entries: [entry({ Detail })] });
  await bus.idle();
  expect(bus.deliveries.map(({ ruleName }) => ruleName)).toEqual(['packed']);
  expect(bus.facts).toContainEqual({
    kind: 'rule.gaveUp',
    ruleName: 'endless',
    busName: 'depot',
    eventId: expect.any(String),
    reason: expect.stringMatching(/choices to try$/),
  });
  expect(bus.facts).not.toContainEqual(expect.objectContaining({ kind: 'event.unmatched' }));
});
