import { describe, expect, test } from 'vitest';
import { DeliveryError } from '../../../src/services/eventbridge/delivery-error.ts';
import { manualClock } from '../../manual-clock.ts';
import { entry, functionArn, queueArn, rule, startTestBus, target } from './test-bus.ts';

const throttled = () => new DeliveryError('THROTTLING', 'Rate exceeded (429).', { retryable: true });
const broken = () => new DeliveryError('ERROR_FROM_TARGET', 'The target answered 503.', { retryable: true });

const dayMs = 86_400_000;

function ruleWith(maximumRetryAttempts: number, maximumEventAgeSeconds = 86_400, deadLetterArn?: string) {
  const retryPolicy = { maximumRetryAttempts, maximumEventAgeSeconds };
  return rule({
    targets: [target({ retryPolicy, ...(deadLetterArn === undefined ? {} : { deadLetterArn }) })],
  });
}

describe('retries', () => {
  test('throttles and faults of the target are tried again until it takes the event', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      target(_delivery, attempt) {
        if (attempt === 1) throw throttled();
        if (attempt === 2) throw broken();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(dayMs);
    expect(bus.deliveries).toHaveLength(3);
    expect(new Set(bus.deliveries.map(({ input }) => input)).size).toBe(1);
    const { eventId } = bus.deliveries[0] ?? {};
    expect(bus.facts.slice(2)).toEqual([
      {
        kind: 'delivery.retry',
        ruleName: 'packed',
        busName: 'depot',
        eventId,
        targetArn: functionArn,
        attempt: 1,
        delayMs: 550,
        errorCode: 'THROTTLING',
        errorMessage: 'Rate exceeded (429).',
      },
      {
        kind: 'delivery.retry',
        ruleName: 'packed',
        busName: 'depot',
        eventId,
        targetArn: functionArn,
        attempt: 2,
        delayMs: 1_050,
        errorCode: 'ERROR_FROM_TARGET',
        errorMessage: 'The target answered 503.',
      },
      {
        kind: 'delivery.succeeded',
        ruleName: 'packed',
        busName: 'depot',
        eventId,
        targetArn: functionArn,
        attempt: 3,
      },
    ]);
  });

  test('wait in emulated time, neither shorter nor longer', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      target(_delivery, attempt) {
        if (attempt === 1) throw throttled();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(549);
    expect(bus.deliveries).toHaveLength(1);
    await clock.advance(1);
    expect(bus.deliveries).toHaveLength(2);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html, MaximumRetryAttempts
  test.each([0, 1, 3])('end after %i of them when the policy says so', async (attempts) => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      rules: [ruleWith(attempts, 86_400, queueArn)],
      target() {
        throw throttled();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(dayMs);
    await bus.idle();
    expect(bus.deliveries).toHaveLength(attempts + 1);
    expect(bus.deadLetters.map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({
        RETRY_ATTEMPTS: String(attempts),
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      }),
    ]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html, MaximumEventAgeInSeconds
  test('end when the event is as old as the policy lets it be', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      rules: [ruleWith(185, 60, queueArn)],
      target() {
        throw broken();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(59_999);
    expect(bus.deadLetters).toEqual([]);
    await clock.advance(1);
    await bus.idle();
    expect(clock.waiting()).toBe(0);
    // At 0, 0.55, 1.6, 3.65, 7.7, 15.75 and 31.8 s; the next would have come at 63.85 s.
    expect(bus.deliveries).toHaveLength(7);
    expect(bus.deadLetters).toHaveLength(1);
    expect(bus.deadLetters[0]?.attributes).toMatchObject({
      ERROR_CODE: 'ERROR_FROM_TARGET',
      RETRY_ATTEMPTS: '6',
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
    });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
  test('are 185 within 24 hours by default', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      random: () => 0,
      rules: [ruleWith(185, 86_400, queueArn)],
      target() {
        throw throttled();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(dayMs);
    expect(bus.deliveries).toHaveLength(186);
    expect(bus.deadLetters[0]?.attributes.RETRY_ATTEMPTS).toBe('185');
  });

  test('of one target hold up no other target and no other event', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      rules: [rule({ targets: [target({ arn: `${functionArn}-bad` }), target()] })],
      target({ targetArn }) {
        if (targetArn.endsWith('-bad')) throw throttled();
      },
    });
    await bus.call('PutEvents', { Entries: [entry(), entry()] });
    await clock.advance(0);
    expect(bus.facts.filter(({ kind }) => kind === 'delivery.succeeded')).toHaveLength(2);
    expect(clock.waiting()).toBe(2);
  });

  test('are made after an error that is none of the target’s too', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      target(_delivery, attempt) {
        if (attempt === 1) throw new TypeError('a slip of the loop');
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(dayMs);
    expect(bus.facts).toContainEqual(
      expect.objectContaining({
        kind: 'delivery.retry',
        errorCode: 'INTERNAL_ERROR',
        errorMessage: 'a slip of the loop',
      }),
    );
    expect(bus.deliveries).toHaveLength(2);
  });
});
