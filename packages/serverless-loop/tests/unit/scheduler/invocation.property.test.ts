import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import type { Fact } from '../../../src/facts.ts';
import { invokeTarget } from '../../../src/services/scheduler/invocation.ts';
import { createTally } from '../../../src/tally.ts';
import { manualClock } from '../../manual-clock.ts';
import { runsOf } from '../../matrix.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:lost';
const OUTCOMES = ['ok', 'gone', 'gone', 'throttled', 'refused'] as const;

interface Case {
  outcomes: (typeof OUTCOMES)[number][][];
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  hasQueue: boolean;
  isQueueThere: boolean;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  outcomes: fc.array(fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 8 }), {
    minLength: 1,
    maxLength: 5,
  }),
  maximumRetryAttempts: fc.integer({ min: 0, max: 6 }),
  maximumEventAgeSeconds: fc.integer({ min: 60, max: 1_000 }),
  hasQueue: fc.boolean(),
  isQueueThere: fc.boolean(),
});

/** Meets as many schedules at once as there are lists of outcomes, and lets a day pass. */
async function run({ outcomes, hasQueue, isQueueThere, ...retryPolicy }: Case) {
  const clock = manualClock();
  const facts: Fact[] = [];
  const letters: string[] = [];
  const meetings = outcomes.map((told, index) => {
    const left = [...told];
    const name = `tick-${index}`;
    const done = invokeTarget(
      {
        logicalId: '',
        name,
        groupName: 'default',
        arn: `arn:aws:scheduler:us-east-1:000000000000:schedule/default/${name}`,
        expression: 'rate(1 hour)',
        timeZoneName: 'UTC',
        enabled: true,
        isDeletedAtEnd: false,
        target: {
          arn: 'arn:aws:lambda:us-east-1:000000000000:function:reader',
          roleArn: 'arn:aws:iam::000000000000:role/caller',
          input: name,
          retryPolicy,
          ...(hasQueue && { deadLetterArn: QUEUE }),
        },
      },
      clock.now(),
      new AbortController().signal,
      {
        clock,
        random: () => 0.5,
        trusts: () => true,
        working: createTally(),
        callOperation: async () => ({}),
        report: (fact) => facts.push(fact),
        receiverOf: (arn) => ({
          receive(_arn, { body }) {
            if (arn === QUEUE) {
              if (!isQueueThere) throw new AwsError('AccessDeniedException', 'no');
              letters.push(body);
              return;
            }
            const outcome = left.shift() ?? 'ok';
            if (outcome === 'gone') throw new Error('the process is gone');
            if (outcome === 'throttled')
              throw new AwsError('TooManyRequestsException', 'no', { status: 429 });
            if (outcome === 'refused') throw new AwsError('AccessDeniedException', 'no', { status: 403 });
          },
        }),
      },
    );
    return done;
  });
  await clock.advance(86_400_000);
  await Promise.all(meetings);
  return { facts, letters };
}

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html, and https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
test('whatever targets do, each time that a schedule is met ends once: invoked, as a dead letter or lost, after no more tries than its policy has', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (given) => {
      const { facts, letters } = await run(given);
      for (const [index] of given.outcomes.entries()) {
        const ends = facts.filter(
          (fact) =>
            'scheduleName' in fact && fact.scheduleName === `tick-${index}` && fact.kind !== 'schedule.retry',
        );
        expect(ends.map(({ kind }) => kind)).toHaveLength(1);
      }
      const countOf = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind).length;
      expect(letters).toHaveLength(countOf('schedule.deadLettered'));
      expect(new Set(letters).size).toBe(letters.length);
      if (given.hasQueue && given.isQueueThere) expect(countOf('schedule.lost')).toBe(0);
      const most = given.outcomes.length * given.maximumRetryAttempts;
      expect(countOf('schedule.retry')).toBeLessThanOrEqual(most);
    }),
    { numRuns: runsOf(600) },
  );
});
