import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import type { Fact } from '../../../src/facts.ts';
import { movableClock } from '../../../src/loop/movable-clock.ts';
import { invokeTarget } from '../../../src/services/scheduler/invocation.ts';
import type { ScheduleModel } from '../../../src/services/scheduler/schedule.ts';
import { createTally } from '../../../src/tally.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:lost';
const throttled = new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });

const schedule = (retryPolicy: ScheduleModel['target']['retryPolicy']): ScheduleModel => ({
  logicalId: '',
  name: 'tick',
  groupName: 'default',
  arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/tick',
  expression: 'rate(1 hour)',
  timeZoneName: 'UTC',
  enabled: true,
  isDeletedAtEnd: false,
  target: {
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:reader',
    roleArn: 'arn:aws:iam::000000000000:role/caller',
    input: '<aws.scheduler.attempt-number>',
    retryPolicy,
    deadLetterArn: QUEUE,
  },
});

/** Invokes a target that fails so many times, with all waits at an end at once. */
async function invoked(model: ScheduleModel, failures: number, error: Error = throttled) {
  const facts: Fact[] = [];
  const bodies: string[] = [];
  const letters: Record<string, string>[] = [];
  const clock = movableClock(0);
  const done = invokeTarget(model, Date.parse('2026-11-28T10:00:00Z'), new AbortController().signal, {
    clock,
    random: () => 0.5,
    trusts: () => true,
    working: createTally(),
    callOperation: async () => ({}),
    receiverOf: (arn) => ({
      receive(_arn, { body, attributes = {} }) {
        if (arn === QUEUE) {
          letters.push(
            Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
          );
          return;
        }
        bodies.push(body);
        if (bodies.length <= failures) throw error;
      },
    }),
    report(fact) {
      facts.push(fact);
      if (fact.kind !== 'schedule.retry') return;
      setImmediate(() => {
        clock.move(fact.delayMs + 1);
        clock.runNext();
      });
    },
  });
  await done;
  return { kinds: facts.map(({ kind }) => kind), facts, bodies, letters };
}

/* Scheduler guide, "Configuring a schedule's dead-letter queue", and its API reference, "RetryPolicy". */

test('a target that is throttled is tried again, each attempt with its number', async () => {
  const { kinds, bodies } = await invoked(
    schedule({ maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 }),
    2,
  );
  expect(kinds).toEqual(['schedule.retry', 'schedule.retry', 'schedule.invoked']);
  expect(bodies).toEqual(['1', '2', '3']);
});

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html: EXHAUSTED_RETRY_CONDITION MaximumRetryAttempts
test('after the last retry the dead letter says that the attempts were too many', async () => {
  const { kinds, letters } = await invoked(
    schedule({ maximumRetryAttempts: 2, maximumEventAgeSeconds: 86_400 }),
    99,
  );
  expect(kinds).toEqual(['schedule.retry', 'schedule.retry', 'schedule.deadLettered']);
  expect(letters).toMatchObject([
    {
      ERROR_CODE: 'TooManyRequestsException',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
    },
  ]);
});

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html: EXHAUSTED_RETRY_CONDITION MaximumEventAgeInSeconds
test('an event that grows too old is given up for its age', async () => {
  const { letters } = await invoked(
    schedule({ maximumRetryAttempts: 185, maximumEventAgeSeconds: 60 }),
    Number.POSITIVE_INFINITY,
  );
  expect(letters).toMatchObject([{ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' }]);
});

test('a fault of the loop’s own is an internal one of Scheduler, and tried again', async () => {
  const { facts } = await invoked(
    schedule({ maximumRetryAttempts: 1, maximumEventAgeSeconds: 86_400 }),
    1,
    new TypeError('no such thing'),
  );
  expect(facts).toMatchObject([
    { kind: 'schedule.retry', errorCode: 'AWS.Scheduler.InternalServerError' },
    { kind: 'schedule.invoked', attempt: 2 },
  ]);
});
