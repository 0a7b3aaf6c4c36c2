import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { rule, startTestBus, target } from '../../integration/eventbridge/test-bus.ts';
import { manualClock } from '../../manual-clock.ts';
import { runsOf } from '../../matrix.ts';

/** `gone`: the target's process died under it. */
const OUTCOMES = ['ok', 'ok', 'gone', 'gone', 'refused'] as const;
type Outcome = (typeof OUTCOMES)[number];

const TARGETS = ['one', 'two'].map((id) => `arn:aws:lambda:eu-west-1:123456789012:function:${id}`);
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:undelivered';

interface Case {
  steps: ({ kind: 'put'; count: number } | { kind: 'pass'; seconds: number })[];
  outcomes: Outcome[];
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  hasQueue: boolean;
  letterOutcomes: ('ok' | 'refused')[];
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  steps: fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('put' as const), count: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 200 }) }),
    ),
    { minLength: 1, maxLength: 8 },
  ),
  outcomes: fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 30 }),
  maximumRetryAttempts: fc.integer({ min: 0, max: 5 }),
  maximumEventAgeSeconds: fc.integer({ min: 60, max: 600 }),
  hasQueue: fc.boolean(),
  letterOutcomes: fc.array(fc.constantFrom('ok', 'ok', 'refused'), { maxLength: 10 }),
});

async function run(given: Case) {
  const clock = manualClock();
  const outcomes = [...given.outcomes];
  const letters = [...given.letterOutcomes];
  const { maximumRetryAttempts, maximumEventAgeSeconds } = given;
  const bus = startTestBus({
    clock,
    rules: [
      rule({
        targets: TARGETS.map((arn) =>
          target({
            id: arn,
            arn,
            retryPolicy: { maximumRetryAttempts, maximumEventAgeSeconds },
            ...(given.hasQueue && { deadLetterArn: QUEUE }),
          }),
        ),
      }),
    ],
    target() {
      const outcome = outcomes.shift() ?? 'ok';
      if (outcome === 'gone') throw new Error('the process is gone');
      if (outcome === 'refused') throw new AwsError('AccessDeniedException', 'no');
    },
    async deadLetter() {
      if (letters.shift() === 'refused') throw new AwsError('AccessDenied', 'no');
    },
  });
  let count = 0;
  for (const step of given.steps) {
    if (step.kind === 'pass') await clock.advance(step.seconds * 1_000);
    else
      for (let each = 0; each < step.count; each += 1) {
        const entry = { EventBusName: 'depot', Source: 'depot', DetailType: 'Packed', Detail: '{}' };
        await bus.call('PutEvents', { Entries: [entry] });
        count += 1;
      }
  }
  await clock.advance(86_400_000);
  const ends = bus.facts.flatMap((fact) => {
    const { kind } = fact;
    if (kind !== 'delivery.succeeded' && kind !== 'delivery.deadLettered' && kind !== 'delivery.lost')
      return [];
    const attempts = kind === 'delivery.succeeded' ? fact.attempt : fact.attempts;
    return [{ kind, of: `${fact.eventId} ${fact.targetArn}`, attempts }];
  });
  bus.stop();
  return { count, ends, tried: bus.deliveries, deadLetters: bus.deadLetters };
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html, and eb-rule-dlq.html: what no try could deliver goes to the dead-letter queue, or is dropped where there is none
test('whatever targets do, each event ends for each of them once: delivered, as a dead letter or lost, after no more tries than its policy has', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (given) => {
      const { count, ends, tried, deadLetters } = await run(given);
      expect(ends).toHaveLength(count * TARGETS.length);
      expect(new Set(ends.map(({ of }) => of)).size).toBe(ends.length);
      for (const { attempts } of ends) expect(attempts).toBeLessThanOrEqual(given.maximumRetryAttempts + 1);
      expect(tried).toHaveLength(ends.reduce((sum, { attempts }) => sum + attempts, 0));
      const letters = ends.filter(({ kind }) => kind === 'delivery.deadLettered');
      expect(deadLetters).toHaveLength(letters.length);
      const isLossAllowed = !given.hasQueue || given.letterOutcomes.includes('refused');
      if (!isLossAllowed) expect(ends.filter(({ kind }) => kind === 'delivery.lost')).toEqual([]);
    }),
    { numRuns: runsOf(600) },
  );
});
