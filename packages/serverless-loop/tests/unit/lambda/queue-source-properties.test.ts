import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import type { InvokeRequest, InvokeResult } from '../../../src/services/lambda/environments/invocation.ts';
import { startEventSources } from '../../../src/services/lambda/event-sources/event-sources.ts';
import { runsOf } from '../../matrix.ts';
import { queueModel, testSqs } from '../sqs/test-sqs.ts';
import { functionModel } from './function-model.ts';

const LOST = queueModel('lost');
const PARCELS = queueModel('parcels', { redrive: { deadLetterArn: LOST.arn, maxReceiveCount: 3 } });
const OUTCOMES = ['ok', 'ok', 'error', 'throttled', 'gone', 'some', 'invalid'] as const;

interface Round {
  sent: number;
  outcomes: (typeof OUTCOMES)[number][];
}

const round: fc.Arbitrary<Round> = fc.record({
  sent: fc.integer({ min: 0, max: 12 }),
  outcomes: fc.array(fc.constantFrom(...OUTCOMES), { minLength: 1, maxLength: 6 }),
});

/** Sends messages and lets the function end as told, round after round; answers what became of each message. */
async function run(rounds: readonly Round[], batchSize: number, windowSeconds: number) {
  const { sqs, clock } = testSqs([PARCELS, LOST]);
  const fn = functionModel();
  const sent = new Set<string>();
  const done = new Set<string>();
  const largest: number[] = [];
  let outcomes: Round['outcomes'] = [];

  async function invoke({ payload }: InvokeRequest): Promise<InvokeResult> {
    const records: { messageId: string; body: string }[] = JSON.parse(payload.toString()).Records;
    largest.push(records.length);
    const outcome = outcomes.shift() ?? 'ok';
    if (outcome === 'throttled') throw new AwsError('TooManyRequestsException', 'Rate Exceeded.');
    if (outcome === 'gone') throw new Error('the process is gone');
    const failed = outcome === 'some' ? records.filter((_, index) => index % 2 === 0) : [];
    const ids = outcome === 'invalid' ? [''] : failed.map(({ messageId }) => messageId);
    if (outcome === 'ok' || outcome === 'some')
      for (const record of records) if (!failed.includes(record)) done.add(record.body);
    return {
      payload: Buffer.from(
        JSON.stringify({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) }),
      ),
      executedVersion: '$LATEST',
      logTail: '',
      ...(outcome === 'error' && { functionError: 'Unhandled' as const }),
    };
  }

  const sources = startEventSources({
    region: 'eu-west-1',
    clock,
    wallClock: clock,
    report: () => undefined,
    random: () => 0.5,
    find: () => fn,
    invoke,
    may: () => true,
    compilePattern: () => () => true,
    queues: sqs.polled,
    streams: {},
    receiverOf: () => undefined,
    mappings: [
      {
        logicalId: 'Parcels',
        name: 'uuid',
        line: 1,
        sourceArn: PARCELS.arn,
        functionArn: fn.arn,
        enabled: true,
        batchSize,
        windowSeconds,
        filters: [],
        reportsItemFailures: true,
      },
    ],
  });
  for (const { sent: count, outcomes: told } of rounds) {
    outcomes = [...told];
    for (let index = 0; index < count; index += 1) {
      const body = `message ${sent.size}`;
      sent.add(body);
      await sqs.receive(PARCELS.arn, { body }, { service: 'events.amazonaws.com', sourceArn: 'arn' });
    }
    await clock.advance(7_000);
  }
  outcomes = [];
  await clock.advance(600_000);
  sources.stop();
  const left = sqs.depths().find(({ queueName }) => queueName === 'parcels');
  const dead = sqs.polled.take(LOST.arn, 1_000).map(({ body }) => body);
  sqs.stop();
  return { sent, done, dead, largest, left: (left?.visible ?? 0) + (left?.notVisible ?? 0) };
}

test('whatever fails, each message is processed or a dead letter in the end, and no batch is larger than it may be', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(round, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 10 }),
      fc.constantFrom(0, 5),
      async (rounds, batchSize, windowSeconds) => {
        const { sent, done, dead, largest, left } = await run(rounds, batchSize, windowSeconds);
        expect(left).toBe(0);
        for (const body of sent) expect(done.has(body) || dead.includes(body), body).toBe(true);
        expect(Math.max(0, ...largest)).toBeLessThanOrEqual(batchSize);
      },
    ),
    { numRuns: runsOf(800) },
  );
});
