import { describe, expect, test } from 'vitest';
import { inferredSegmentId } from '../../../src/aws/trace-header.ts';
import { DeliveryError } from '../../../src/services/eventbridge/delivery-error.ts';
import { manualClock } from '../../manual-clock.ts';
import { entry, functionArn, queueArn, rule, startTestBus, type TestBus, target } from './test-bus.ts';

const throttled = () => new DeliveryError('THROTTLING', 'Rate exceeded (429).', { retryable: true });
const refused = () => new DeliveryError('NO_PERMISSIONS', 'Not allowed to invoke.', { retryable: false });

const dayMs = 86_400_000;
const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

function ruleWith(maximumRetryAttempts: number, maximumEventAgeSeconds = 86_400, deadLetterArn?: string) {
  const retryPolicy = { maximumRetryAttempts, maximumEventAgeSeconds };
  return rule({
    targets: [target({ retryPolicy, ...(deadLetterArn === undefined ? {} : { deadLetterArn }) })],
  });
}

describe('the dead letter', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html: errors that are not retried go to the DLQ at once, and the attributes
  test('of what is not worth a retry comes at once, with every attribute but the exhausted limit', async () => {
    const bus = startTestBus({
      rules: [rule({ targets: [target({ deadLetterArn: queueArn, inputPath: '$.detail' })] })],
      target() {
        throw refused();
      },
    });
    await bus.call('PutEvents', { Entries: [entry({ TraceHeader: header })] });
    await bus.idle();
    expect(bus.deliveries).toHaveLength(1);
    const eventId = publishedId(bus);
    const [letter] = bus.deadLetters;
    expect(letter).toEqual({
      queueArn,
      ruleArn: 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed',
      body: expect.any(String),
      attributes: {
        RULE_ARN: 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed',
        TARGET_ARN: functionArn,
        ERROR_CODE: 'NO_PERMISSIONS',
        ERROR_MESSAGE: 'Not allowed to invoke.',
        RETRY_ATTEMPTS: '0',
      },
      traceHeader: header.replace('53995c3f42cd8ad8', inferredSegmentId('53995c3f42cd8ad8')),
    });
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({ id: eventId, detail: { box: 7 } });
    expect(bus.facts.at(-1)).toEqual({
      kind: 'delivery.deadLettered',
      ruleName: 'packed',
      busName: 'depot',
      eventId,
      targetArn: functionArn,
      attempts: 1,
      errorCode: 'NO_PERMISSIONS',
      errorMessage: 'Not allowed to invoke.',
      queueArn,
    });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html: message attributes
  test('after exhausted retries has all six attributes, and no trace header when the event has none', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      rules: [ruleWith(2, 86_400, queueArn)],
      target() {
        throw throttled();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(dayMs);
    expect(bus.deadLetters[0]?.attributes).toEqual({
      RULE_ARN: 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed',
      TARGET_ARN: functionArn,
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'Rate exceeded (429).',
      RETRY_ATTEMPTS: '2',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
    expect(bus.deadLetters[0]).not.toHaveProperty('traceHeader');
  });

  test('is what becomes of an input that gives no JSON, without an attempt at the target', async () => {
    const inputTransformer = { inputPathsMap: { all: '$.detail' }, inputTemplate: '{"x": "<all>"}' };
    const bus = startTestBus({
      rules: [rule({ targets: [target({ deadLetterArn: queueArn, inputTransformer })] })],
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await bus.idle();
    expect(bus.deliveries).toEqual([]);
    expect(bus.deadLetters[0]?.attributes).toMatchObject({ ERROR_CODE: 'INVALID_JSON', RETRY_ATTEMPTS: '0' });
  });

  test('that nobody wants is a lost delivery', async () => {
    const bus = startTestBus({
      target() {
        throw refused();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await bus.idle();
    expect(bus.deadLetters).toEqual([]);
    expect(bus.facts.at(-1)).toEqual({
      kind: 'delivery.lost',
      ruleName: 'packed',
      busName: 'depot',
      eventId: publishedId(bus),
      targetArn: functionArn,
      attempts: 1,
      errorCode: 'NO_PERMISSIONS',
      errorMessage: 'Not allowed to invoke.',
    });
  });

  test('that its queue refuses is a lost delivery, with the reason', async () => {
    const bus = startTestBus({
      rules: [ruleWith(0, 86_400, queueArn)],
      target() {
        throw throttled();
      },
      async deadLetter() {
        throw new Error('The queue policy does not allow it.');
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await bus.idle();
    expect(bus.facts.at(-1)).toMatchObject({
      kind: 'delivery.lost',
      queueArn,
      errorCode: 'THROTTLING',
      errorMessage: expect.stringMatching(/^Rate exceeded \(429\)\. .*The queue policy does not allow it\.$/),
    });
  });
});

function publishedId({ facts }: TestBus): string | undefined {
  const [id] = facts.flatMap((fact) => (fact.kind === 'event.published' ? fact.eventId : []));
  return id;
}
