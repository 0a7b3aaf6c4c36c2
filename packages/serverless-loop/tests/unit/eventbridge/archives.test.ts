import { expect, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { createArchives } from '../../../src/services/eventbridge/archives/archives.ts';

const busArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/depot';

test('archives hold so many bytes together: beyond it the oldest events go, and that is told once', () => {
  const facts: Fact[] = [];
  let now = 0;
  const archives = createArchives({
    archives: ['a', 'b'].map((name) => ({
      logicalId: '',
      name,
      arn: `${busArn}:${name}`,
      busArn,
      retentionDays: 0,
      ...(name === 'b' && { pattern: { source: ['odd'] } }),
    })),
    now: () => now,
    report: (fact) => facts.push(fact),
    maxBytes: 10_000,
  });
  for (let number = 0; number < 5_000; number += 1) {
    now = number;
    const value = { source: number % 2 === 0 ? 'even' : 'odd', time: new Date(number * 1_000).toISOString() };
    const text = JSON.stringify(value).padEnd(100);
    archives.take({ id: `${number}`, value, text, traceHeader: undefined, ingestedAt: number }, busArn);
  }
  const all = archives.list();
  expect(all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(10_000);
  const ids = archives.between('a', 0, Number.MAX_SAFE_INTEGER).map(({ id }) => Number(id));
  expect(ids.at(-1)).toBe(4_999);
  expect(ids.length + archives.between('b', 0, Number.MAX_SAFE_INTEGER).length).toBe(100);
  expect(facts).toEqual([{ kind: 'archives.full', maxBytes: 10_000 }]);
  archives.clear();
  expect(archives.list().map(({ eventCount }) => eventCount)).toEqual([0, 0]);
});
