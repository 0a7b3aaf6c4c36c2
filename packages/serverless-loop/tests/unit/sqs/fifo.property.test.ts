import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_FIFO } from '../../../src/services/sqs/fifo/fifo-settings.ts';
import { runsOf } from '../../matrix.ts';
import { queueModel, testSqs } from './test-sqs.ts';

const VISIBILITY_SECONDS = 30;

/** A step of a producer, a consumer or the clock. A consumer that is slow or crashes deletes nothing, or too late. */
type Step =
  | { kind: 'send'; group: string }
  | { kind: 'sendAgain' }
  | { kind: 'receive'; maximum: number }
  | { kind: 'delete'; which: number }
  | { kind: 'crash'; which: number }
  | { kind: 'release'; which: number }
  | { kind: 'pass'; seconds: number };

const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('send' as const), group: fc.constantFrom('a', 'b', 'c') }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'sendAgain' }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('receive' as const), maximum: fc.integer({ min: 1, max: 10 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
  },
);

/** The messages of a body `<group><number>` that aren't deleted, by group, in the order of sending. */
type Left = Map<string, string[]>;

function groupOf(body: string): string {
  return body.slice(0, 1);
}

function withParcels() {
  const row = queueModel('row.fifo', {
    fifo: { ...DEFAULT_FIFO, isContentBased: true },
    visibilityTimeoutSeconds: VISIBILITY_SECONDS,
  });
  return testSqs([row]);
}

async function sent(steps: readonly Step[]): Promise<{ left: Left; drained: string[] }> {
  const { call, receive, clock } = withParcels();
  const QueueUrl = 'row.fifo';
  const left: Left = new Map();
  let held: { body: string; handle: string; untilMs: number }[] = [];
  let last: { MessageBody: string; MessageGroupId: string; atMs: number } | undefined;
  let count = 0;

  async function receiveSome(MaxNumberOfMessages: number) {
    const messages = await receive({ QueueUrl, MaxNumberOfMessages });
    const inFlight = new Set(
      held.filter(({ untilMs }) => untilMs > clock.elapsedMs()).map(({ body }) => body),
    );
    for (const group of new Set(messages.map(({ Body }) => groupOf(Body)))) {
      const bodies = messages.map(({ Body }) => Body).filter((body) => groupOf(body) === group);
      // The oldest that is left comes first, the others behind it; and none that somebody may still work on.
      expect(bodies).toEqual(left.get(group)?.slice(0, bodies.length));
      expect(bodies.filter((body) => inFlight.has(body))).toEqual([]);
    }
    const untilMs = clock.elapsedMs() + VISIBILITY_SECONDS * 1000;
    held.push(...messages.map(({ Body, ReceiptHandle }) => ({ body: Body, handle: ReceiptHandle, untilMs })));
    return messages;
  }

  function forget(handle: string) {
    held = held.filter((one) => one.handle !== handle);
  }

  async function deleteOne(handle: string, body: string, untilMs: number) {
    const deletion = call('DeleteMessage', { QueueUrl, ReceiptHandle: handle });
    if (untilMs <= clock.elapsedMs()) await expect(deletion).rejects.toThrow('has expired');
    else {
      await deletion;
      const group = groupOf(body);
      left.set(
        group,
        (left.get(group) ?? []).filter((one) => one !== body),
      );
    }
    forget(handle);
  }

  for (const each of steps) {
    if (each.kind === 'send') {
      count += 1;
      const MessageBody = `${each.group}${count}`;
      last = { MessageBody, MessageGroupId: each.group, atMs: clock.elapsedMs() };
      await call('SendMessage', { QueueUrl, MessageBody, MessageGroupId: each.group });
      left.set(each.group, [...(left.get(each.group) ?? []), MessageBody]);
    }
    if (each.kind === 'sendAgain' && last && clock.elapsedMs() - last.atMs < 300_000) {
      const { MessageBody, MessageGroupId } = last;
      await call('SendMessage', { QueueUrl, MessageBody, MessageGroupId });
    }
    if (each.kind === 'receive') await receiveSome(each.maximum);
    if (each.kind === 'pass') await clock.advance(each.seconds * 1000);
    const one = 'which' in each ? held[each.which % Math.max(1, held.length)] : undefined;
    if (!one) continue;
    if (each.kind === 'delete') await deleteOne(one.handle, one.body, one.untilMs);
    if (each.kind === 'crash') forget(one.handle);
    if (each.kind === 'release' && one.untilMs > clock.elapsedMs()) {
      await call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle: one.handle, VisibilityTimeout: 0 });
      forget(one.handle);
    }
  }

  // Everybody has crashed: what is left comes back.
  await clock.advance(VISIBILITY_SECONDS * 1000);
  held = [];
  const drained: string[] = [];
  for (let messages = await receiveSome(10); messages.length > 0; messages = await receiveSome(10)) {
    for (const { Body, ReceiptHandle } of messages) {
      drained.push(Body);
      await call('DeleteMessage', { QueueUrl, ReceiptHandle });
      left.set(
        groupOf(Body),
        (left.get(groupOf(Body)) ?? []).filter((one) => one !== Body),
      );
    }
    held = [];
  }
  return { left, drained };
}

// SQS guide, "FIFO queue delivery logic".
test('whatever producers and consumers do, each group comes in its order, once at a time, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { left } = await sent(steps);
      expect([...left.values()].flat()).toEqual([]);
    }),
    { numRuns: runsOf(1_000) },
  );
});
