import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import type { Fact } from '../../../src/facts.ts';
import { notifier } from '../../../src/services/s3/notifications/notifier.ts';
import type { EventName } from '../../../src/services/s3/notifications/object-event.ts';
import { runsOf } from '../../matrix.ts';

const NAMES = [
  'ObjectCreated:Put',
  'ObjectRemoved:Delete',
  'ObjectTagging:Put',
] as const satisfies readonly EventName[];
const KEYS = ['in/a.txt', 'in/b.jpg', 'out/a.txt'];
const TARGETS = [
  { id: 'all', kind: 'queue', events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:*'] },
  { id: 'made', kind: 'topic', events: ['s3:ObjectCreated:Put'], prefix: 'in/' },
  { id: 'texts', kind: 'function', events: ['s3:ObjectCreated:*'], suffix: '.txt' },
] as const;

const arnOf = (id: string) => `arn:aws:sqs:eu-west-1:123456789012:${id}`;

const anyCase = fc.record({
  events: fc.array(fc.record({ name: fc.constantFrom(...NAMES), key: fc.constantFrom(...KEYS) }), {
    maxLength: 12,
  }),
  failures: fc.array(fc.constantFrom('ok', 'ok', 'refused', 'gone'), { maxLength: 20 }),
  toEventBridge: fc.boolean(),
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html, and notification-content-structure.html: the sequencer of a key's later event is the greater
test('whatever its targets do, each event of a bucket is told once to each that wants it, and the later event of a key has the greater sequencer', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ events, failures, toEventBridge }) => {
      const facts: Fact[] = [];
      const bodies: string[] = [];
      let onBus = 0;
      const left = [...failures];
      const bucket = notifier({
        place: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' },
        report: (fact) => facts.push(fact),
        putServiceEvent: () => {
          onBus += 1;
        },
        sessionNameOf: () => undefined,
        now: () => 1_795_000_000_000,
        receiverOf: () => ({
          receive(arn, { body }) {
            if (arn === arnOf('all')) bodies.push(body);
            const outcome = left.shift();
            if (outcome === 'gone') throw new Error('the process is gone');
            if (outcome === 'refused') throw new AwsError('AccessDenied', 'no');
          },
        }),
      });
      const call = {
        caller: {},
        requestId: 'r-1',
        endpoint: 'http://127.0.0.1:1',
        signal: new AbortController().signal,
      };
      const targets = TARGETS.map((target) => ({
        ...target,
        events: [...target.events],
        arn: arnOf(target.id),
      }));
      for (const { name, key } of events)
        bucket.tell({ bucketName: 'crate', key, name, call }, { targets, toEventBridge });
      await bucket.idle();

      const wanted = events.flatMap(({ name, key }) => [
        `all ${key}`,
        ...(name === 'ObjectCreated:Put' && key.startsWith('in/') ? [`made ${key}`] : []),
        ...(name === 'ObjectCreated:Put' && key.endsWith('.txt') ? [`texts ${key}`] : []),
      ]);
      const told = facts.flatMap((fact) =>
        fact.kind === 'object.notified' || fact.kind === 'object.notNotified'
          ? [`${fact.targetArn.split(':').at(-1)} ${fact.key}`]
          : [],
      );
      expect(told.sort()).toEqual(wanted.sort());
      expect(onBus).toBe(toEventBridge ? events.length : 0);
      const sequencers = new Map<string, string[]>();
      for (const body of bodies) {
        const { key, sequencer } = JSON.parse(body).Records[0].s3.object;
        if (sequencer !== undefined) sequencers.set(key, [...(sequencers.get(key) ?? []), sequencer]);
      }
      for (const ofKey of sequencers.values()) expect(ofKey).toEqual([...new Set(ofKey)].sort());
    }),
    { numRuns: runsOf(600) },
  );
});
