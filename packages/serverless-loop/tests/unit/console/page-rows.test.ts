import { describe, expect, test } from 'vitest';
import { eventRows } from '../../../src/console/event-rows.ts';
import type { FactOnWire } from '../../../src/console/fact-answer.ts';
import { invocationRows } from '../../../src/console/invocation-rows.ts';
import type { Fact } from '../../../src/facts.ts';

/** The facts, one a second. */
const timed = (facts: Fact[]): FactOnWire[] =>
  facts.map((fact, at) => ({ ...fact, seq: at + 1, time: `12:00:0${at}` }));

describe('an event', () => {
  const event = { busName: 'shop', eventId: 'e1' };
  const published: Fact = { kind: 'event.published', ...event, source: 'com.shop', detailType: 'Order' };
  const matched = (ruleName: string): Fact => ({ kind: 'rule.matched', ...event, ruleName, targetCount: 1 });
  const target = { ...event, ruleName: 'Paid', targetArn: 'arn:queue' };
  const error = { errorCode: 'THROTTLING', errorMessage: 'slow down' };
  const retry: Fact = { kind: 'delivery.retry', ...target, attempt: 1, delayMs: 1_000, ...error };

  test('that is delivered after a retry has both attempts, with the error and the wait', () => {
    const delivered: Fact = { kind: 'delivery.succeeded', ...target, attempt: 2 };
    expect(eventRows(timed([published, matched('Paid'), retry, delivered]))).toEqual([
      {
        ...event,
        source: 'com.shop',
        detailType: 'Order',
        time: '12:00:00',
        seq: 1,
        state: 'delivered',
        rules: [
          {
            name: 'Paid',
            targets: [
              {
                arn: 'arn:queue',
                state: 'delivered',
                attempts: [
                  { time: '12:00:02', error: 'THROTTLING: slow down', nextInMs: 1_000 },
                  { time: '12:00:03' },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('is as bad as the worst of its deliveries', () => {
    const delivered: Fact = { kind: 'delivery.succeeded', ...target, ruleName: 'All', attempt: 1 };
    const dead: Fact = {
      kind: 'delivery.deadLettered',
      ...target,
      attempts: 2,
      queueArn: 'arn:dlq',
      ...error,
    };
    const facts = [published, matched('All'), matched('Paid'), delivered, retry];
    expect(eventRows(timed(facts))).toMatchObject([{ state: 'retrying' }]);
    expect(eventRows(timed([...facts, dead]))).toMatchObject([
      { state: 'in a queue', rules: [{}, { targets: [{ queueArn: 'arn:dlq', attempts: [{}, {}] }] }] },
    ]);
    const lost: Fact = { kind: 'delivery.lost', ...target, attempts: 2, ...error };
    expect(eventRows(timed([...facts, lost]))).toMatchObject([{ state: 'lost' }]);
  });

  test('that no rule wants says so', () => {
    const unmatched: Fact = { kind: 'event.unmatched', ...event, reason: 'no matching rule' };
    expect(eventRows(timed([published, unmatched]))).toMatchObject([
      { state: 'unmatched', unmatched: 'no matching rule', rules: [] },
    ]);
  });

  test('on two buses is two rows, the newest first', () => {
    const forwarded: Fact = { ...published, busName: 'other' };
    expect(eventRows(timed([published, forwarded])).map(({ busName }) => busName)).toEqual(['other', 'shop']);
  });

  test('whose first facts gave way is there all the same', () => {
    expect(eventRows(timed([retry]))).toMatchObject([{ source: '', state: 'retrying' }]);
  });
});

describe('a request', () => {
  const request = { functionName: 'fn', requestId: 'r1', executedVersion: '1' };
  const started = (attempt: number, coldStart = false): Fact => ({
    kind: 'invocation.started',
    ...request,
    coldStart,
    attempt,
    traceId: '1-a',
  });
  const failed = (attempt: number): Fact => ({
    kind: 'invocation.ended',
    ...request,
    attempt,
    outcome: 'error',
    durationMs: 12,
    errorType: 'TypeError',
    errorMessage: 'nobody',
  });
  const retry: Fact = {
    kind: 'invocation.retry',
    ...request,
    nextAttempt: 2,
    delayMs: 60_000,
    reason: 'error',
  };

  test('that fails and is tried again has its attempts, their errors and the wait between them', () => {
    const accepted: Fact = { kind: 'invocation.accepted', ...request };
    const facts = [accepted, started(1, true), failed(1), retry];
    expect(invocationRows(timed(facts))).toEqual([
      {
        functionName: 'fn',
        requestId: 'r1',
        time: '12:00:00',
        seq: 1,
        traceId: '1-a',
        isAsynchronous: true,
        state: 'retrying',
        attempts: [
          {
            attempt: 1,
            startedAt: '12:00:01',
            isCold: true,
            outcome: 'error',
            durationMs: 12,
            error: 'TypeError: nobody',
            nextInMs: 60_000,
          },
        ],
      },
    ]);
    const dropped: Fact = {
      kind: 'invocation.dropped',
      ...request,
      condition: 'RetriesExhausted',
      hasDestination: true,
    };
    expect(invocationRows(timed([...facts, started(2), failed(2), dropped]))).toMatchObject([
      { state: 'given up', attempts: [{}, { attempt: 2, isCold: false }] },
    ]);
  });

  test('that a fault keeps from the function has each of its attempts all the same', () => {
    const again: Fact = { ...retry, nextAttempt: 3, delayMs: 120_000 };
    const dropped: Fact = {
      kind: 'invocation.dropped',
      ...request,
      condition: 'RetriesExhausted',
      hasDestination: true,
    };
    expect(invocationRows(timed([retry, again, dropped]))).toMatchObject([
      {
        state: 'given up',
        attempts: [
          { attempt: 1, outcome: 'error', error: 'error', nextInMs: 60_000 },
          { attempt: 2, outcome: 'error', nextInMs: 120_000 },
          { attempt: 3, outcome: 'error' },
        ],
      },
    ]);
  });

  test('of a source names it, with the number of its records', () => {
    const { functionName, requestId } = request;
    const read: Fact = { kind: 'batch.read', sourceArn: 'arn:q', functionName, requestId, recordCount: 3 };
    expect(invocationRows(timed([read, started(1)]))).toMatchObject([
      { sourceArn: 'arn:q', recordCount: 3, state: 'running' },
    ]);
  });

  test('is no line of a log and no answer of an API', () => {
    const log: Fact = {
      kind: 'log',
      functionName: 'fn',
      requestId: 'r1',
      line: 'x',
      source: 'function',
      logGroup: 'g',
      logStream: 's',
      timestamp: 0,
    };
    expect(invocationRows(timed([log]))).toEqual([]);
  });
});
