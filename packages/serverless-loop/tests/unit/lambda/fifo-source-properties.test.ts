import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InvokeRequest, InvokeResult } from '../../../src/services/lambda/environments/invocation.ts';
import { startEventSources } from '../../../src/services/lambda/event-sources/event-sources.ts';
import type { EventSourceModel } from '../../../src/template/model.ts';
import { runsOf } from '../../matrix.ts';
import { queueModel, testSqs } from '../sqs/test-sqs.ts';
import { functionModel } from './function-model.ts';

const VISIBLE_SECONDS = 30;
const PARCELS = queueModel('parcels.fifo', {
  visibilityTimeoutSeconds: VISIBLE_SECONDS,
  fifo: { isContentBased: true, deduplicationScope: 'queue', throughputLimit: 'perQueue' },
});
const GROUPS = ['a', 'b', 'c'];
/** `late`: it takes longer than its messages are invisible, and ends well all the same. */
const OUTCOMES = ['ok', 'ok', 'error', 'gone', 'some', 'late'] as const;

type Step =
  | { kind: 'send'; groups: string[] }
  | { kind: 'wait'; seconds: number }
  /** The mapping is disabled and enabled again, as when a loop ends and comes back. */
  | { kind: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      groups: fc.array(fc.constantFrom(...GROUPS), { maxLength: 6 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

interface Seen {
  body: string;
  attributes: { MessageGroupId: string };
}

/** Runs the steps and lets all end well then; answers the bodies of each group as they were sent and first processed. */
async function run(steps: readonly Step[], told: readonly (typeof OUTCOMES)[number][], batchSize: number) {
  const { sqs, clock } = testSqs([PARCELS]);
  const fn = functionModel();
  const outcomes = [...told];
  const sent = new Map(GROUPS.map((group) => [group, [] as string[]]));
  const processed = new Map(GROUPS.map((group) => [group, [] as string[]]));

  async function invoke({ payload }: InvokeRequest): Promise<InvokeResult> {
    const records: Seen[] = JSON.parse(payload.toString()).Records;
    const outcome = outcomes.shift() ?? 'ok';
    if (outcome === 'late')
      await new Promise<void>((resolve) => clock.after((VISIBLE_SECONDS + 5) * 1_000, resolve));
    if (outcome === 'gone') throw new Error('the process is gone');
    const good =
      outcome === 'error' ? 0 : outcome === 'some' ? Math.floor(records.length / 2) : records.length;
    for (const { body, attributes } of records.slice(0, good))
      processed.get(attributes.MessageGroupId)?.push(body);
    // "Stop processing after the first failure and return all failed and unprocessed messages" (Lambda guide, "Implementing partial batch responses").
    const failures: { messageId?: string }[] = JSON.parse(payload.toString()).Records.slice(good);
    return {
      payload: Buffer.from(
        JSON.stringify({
          batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })),
        }),
      ),
      executedVersion: '$LATEST',
      logTail: '',
      ...(outcome === 'error' && { functionError: 'Unhandled' as const }),
    };
  }

  const mapping: EventSourceModel = {
    logicalId: 'Parcels',
    name: 'uuid',
    line: 1,
    sourceArn: PARCELS.arn,
    functionArn: fn.arn,
    enabled: true,
    batchSize,
    windowSeconds: 0,
    filters: [],
    reportsItemFailures: true,
  };
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
    mappings: [mapping],
  });
  let number = 0;
  for (const each of steps) {
    if (each.kind === 'send')
      for (const groupId of each.groups) {
        number += 1;
        const body = `message ${number}`;
        sent.get(groupId)?.push(body);
        await sqs.receive(
          PARCELS.arn,
          { body, groupId },
          { service: 'events.amazonaws.com', sourceArn: 'arn' },
        );
      }
    if (each.kind === 'wait') await clock.advance(each.seconds * 1_000);
    if (each.kind === 'restart') {
      sources.mappings.put({ ...mapping, enabled: false });
      sources.mappings.put(mapping);
    }
  }
  outcomes.length = 0;
  for (let turns = 0; turns < 60; turns += 1) await clock.advance(VISIBLE_SECONDS * 1_000);
  sources.stop();
  const [depth] = sqs.depths();
  sqs.stop();
  return { sent, processed, left: (depth?.visible ?? 0) + (depth?.notVisible ?? 0) };
}

/* SQS guide, "FIFO queue delivery logic"; Lambda guide, "Using Lambda with Amazon SQS", on FIFO queues. */
test('whatever fails, is late or starts anew, each message of a FIFO queue is processed, in the order of its group', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 10 }),
      fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 15 }),
      fc.integer({ min: 1, max: 6 }),
      async (steps, outcomes, batchSize) => {
        const { sent, processed, left } = await run(steps, outcomes, batchSize);
        for (const group of GROUPS)
          expect([...new Set(processed.get(group))], `group ${group}`).toEqual(sent.get(group));
        expect(left).toBe(0);
      },
    ),
    { numRuns: runsOf(800) },
  );
});
