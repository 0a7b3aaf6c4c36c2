import { describe, expect, test } from 'vitest';
import { startTestBus } from './test-bus.ts';

describe('TestEventPattern', () => {
  const event = {
    id: '1',
    source: 'depot',
    'detail-type': 'Box Packed',
    account: '123456789012',
    region: 'eu-west-1',
    time: '2026-11-23T09:30:00Z',
    resources: [],
    detail: { box: 7 },
  };
  const ask = (pattern: string, given: unknown = event) =>
    startTestBus().call('TestEventPattern', { EventPattern: pattern, Event: JSON.stringify(given) });

  test('says whether the event matches', async () => {
    expect(await ask('{"detail": {"box": [7]}}')).toEqual({ Result: true });
    expect(await ask('{"detail": {"box": [8]}}')).toEqual({ Result: false });
  });

  // LocalStack's tests, validated on AWS: tests/aws/services/events/test_events_patterns.py, test_invalid_event_payload.
  test('lets an event without resources pass', async () => {
    const { resources: _resources, ...rest } = event;
    expect(await ask('{"source": ["depot"]}', rest)).toEqual({ Result: true });
  });

  test.each(['id', 'account', 'source', 'time', 'region', 'detail-type'])('demands %s', async (member) => {
    const rest = Object.fromEntries(Object.entries(event).filter(([name]) => name !== member));
    await expect(ask('{"source": ["depot"]}', rest)).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test.each([[['x']], ['text'], [null]])('refuses %j, which is no event', async (given) => {
    await expect(ask('{"source": ["depot"]}', given)).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'Parameter Event is not valid.',
    });
  });

  test('refuses a bad pattern with AWS’s reason', async () => {
    await expect(ask('{"source": "depot"}')).rejects.toMatchObject({
      code: 'InvalidEventPatternException',
      status: 400,
      message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
    });
  });

  test('refuses a pattern of more than 4,096 characters', async () => {
    await expect(ask(`{"source": ["${'x'.repeat(4_096)}"]}`)).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});
