import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { startSns } from '../../../src/services/sns/sns.ts';
import { DEFAULT_FIFO } from '../../../src/services/sqs/fifo/fifo-settings.ts';
import type { TopicModel } from '../../../src/template/model.ts';
import { runsOf } from '../../matrix.ts';
import { called } from '../../operation-calls.ts';
import { endpoint, place, queueModel, testSqs } from '../sqs/test-sqs.ts';

const GROUPS = ['a', 'b', 'c'];

interface Case {
  isFifo: boolean;
  /** Groups of messages that are published one after the other, or at once. */
  steps: { groups: string[]; isAtOnce: boolean; isBatch: boolean }[];
  /** By deliveries in their order: one that is refused is for the dead-letter queue. */
  refused: boolean[];
  /** The turns that each delivery takes. */
  turns: number[];
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  isFifo: fc.boolean(),
  steps: fc.array(
    fc.record({
      groups: fc.array(fc.constantFrom(...GROUPS), { minLength: 1, maxLength: 6 }),
      isAtOnce: fc.boolean(),
      isBatch: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  refused: fc.array(fc.boolean(), { maxLength: 30 }),
  turns: fc.array(fc.nat(3), { maxLength: 30 }),
});

/** Publishes to a topic with two queues, of which each may refuse; answers what each has, and the dead letters. */
async function run({ isFifo, steps, refused, turns }: Case) {
  const ending = isFifo ? '.fifo' : '';
  const fifo = isFifo ? { fifo: { ...DEFAULT_FIFO, isContentBased: true } } : {};
  const queues = ['left', 'right', 'lost'].map((name) => queueModel(`${name}${ending}`, fifo));
  const { sqs, clock } = testSqs(queues);
  const arnOf = (name: string) => queueModel(`${name}${ending}`).arn;
  const left = [...refused];
  const waits = [...turns];
  const topic: TopicModel = {
    logicalId: 'Topic',
    name: `news${ending}`,
    arn: `arn:aws:sns:eu-west-1:123456789012:news${ending}`,
    displayName: '',
    subscriptions: ['left', 'right'].map((name) => ({
      protocol: 'sqs',
      endpoint: arnOf(name),
      isRaw: true,
      deadLetterArn: arnOf('lost'),
    })),
    ...(isFifo && { fifo: { isContentBased: false } }),
  };
  const sns = startSns({
    place,
    endpoint,
    topics: [topic],
    callableHosts: [],
    report: () => undefined,
    allows: () => true,
    authorizeRole: () => undefined,
    compilePattern: () => () => true,
    clock,
    receiverOf: () => ({
      async receive(arn, message, sender) {
        for (let turn = waits.shift() ?? 0; turn > 0; turn -= 1) await new Promise(setImmediate);
        if (arn !== arnOf('lost') && left.shift()) throw new AwsError('AccessDenied', 'no');
        await sqs.receive(arn, message, sender);
      },
    }),
  });
  const { operations } = await sns.service.load();
  const call = { caller: {}, requestId: 'r-1', endpoint, signal: new AbortController().signal };
  const published: { group: string; body: string }[] = [];
  for (const { groups, isAtOnce, isBatch } of steps) {
    const messages = groups.map((group, index) => ({ group, body: `${group}${published.length + index}` }));
    published.push(...messages);
    const inputs = messages.map(({ group, body }) => ({
      Message: body,
      ...(isFifo && { MessageGroupId: group, MessageDeduplicationId: body }),
    }));
    if (isBatch) {
      const PublishBatchRequestEntries = inputs.map((input, index) => ({ Id: `m${index}`, ...input }));
      await called(operations.PublishBatch, { TopicArn: topic.arn, PublishBatchRequestEntries }, call);
    } else if (isAtOnce)
      await Promise.all(
        inputs.map((input) => called(operations.Publish, { TopicArn: topic.arn, ...input }, call)),
      );
    else
      for (const input of inputs) await called(operations.Publish, { TopicArn: topic.arn, ...input }, call);
  }
  for (let settling = 0; settling < 80; settling += 1) await clock.advance(0);
  const drained = (name: string) => {
    const bodies: string[] = [];
    for (;;) {
      const taken = sqs.polled.take(arnOf(name), 10);
      if (taken.length === 0) return bodies;
      for (const { body, receiptHandle } of taken) {
        bodies.push(body);
        sqs.polled.delete(arnOf(name), receiptHandle);
      }
    }
  };
  const has = { left: drained('left'), right: drained('right'), lost: drained('lost') };
  sqs.stop();
  return { published, has };
}

// https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html; of FIFO topics: https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-ordering.html
test('whatever queues refuse, each message of a topic is in each of them or a dead letter, and those of a FIFO topic come in the order of their group', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (given) => {
      const { published, has } = await run(given);
      const bodies = published.map(({ body }) => body);
      for (const body of bodies) {
        const missing = [has.left, has.right].filter((queue) => !queue.includes(body)).length;
        const letters = has.lost.filter((letter) => letter === body).length;
        // A FIFO queue knows the second letter of one message by its id.
        expect(letters, body).toBe(given.isFifo ? Math.min(missing, 1) : missing);
      }
      for (const queue of [has.left, has.right]) {
        expect(new Set(queue).size).toBe(queue.length);
        if (!given.isFifo) continue;
        for (const group of GROUPS) {
          const ofGroup = (all: string[]) => all.filter((body) => body.startsWith(group));
          expect(ofGroup(queue)).toEqual(ofGroup(bodies).filter((body) => queue.includes(body)));
        }
      }
    }),
    { numRuns: runsOf(600) },
  );
});
