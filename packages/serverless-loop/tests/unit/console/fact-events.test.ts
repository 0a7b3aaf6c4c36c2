import { expect, onTestFinished, test } from 'vitest';
import { factAnswers } from '../../../src/console/fact-answer.ts';
import { factEvents } from '../../../src/console/fact-events.ts';
import { keptFacts } from '../../../src/console/kept-facts.ts';
import type { Fact } from '../../../src/facts.ts';

const deleted = (messageId: string): Fact => ({ kind: 'queue.deleted', queueName: 'q', messageId });

function streaming({ from, most = 10_000, before = [] }: { from?: string; most?: number; before?: Fact[] }) {
  const kept = keptFacts({ most, now: () => 0 });
  for (const fact of before) kept.observe(fact);
  const answers = factAnswers(kept, 'abc1');
  const leaving = new AbortController();
  const stream = factEvents({
    kept,
    answers,
    from: (from === undefined ? undefined : answers.parse(from)) ?? answers.here(),
    signal: leaving.signal,
    pauseMs: 0,
    quietMs: 5,
  });
  onTestFinished(() => leaving.abort());
  const texts = stream[Symbol.asyncIterator]();
  /** The next batch, past the signs of life. */
  async function batch(): Promise<{ id: string; data: { facts: { messageId: string }[] } }> {
    for (;;) {
      const { value, done } = await texts.next();
      if (done) throw new Error('The stream has ended.');
      const [, id = '', data = ''] =
        /^id: ([^\n]*)\nevent: facts\ndata: ([^\n]*)\n\n$/m.exec(String(value)) ?? [];
      if (id !== '') return { id, data: JSON.parse(data) };
    }
  }
  return { kept, batch, texts, leave: () => leaving.abort() };
}
const ids = ({ data }: { data: { facts: { messageId: string }[] } }) =>
  data.facts.map(({ messageId }) => messageId);

test('a new reader is told where it stands, and gets the facts that come from then on', async () => {
  const { kept, batch } = streaming({ before: [deleted('old')] });
  expect(await batch()).toMatchObject({ id: 'abc1.1', data: { facts: [], next: 'abc1.1' } });
  kept.observe(deleted('new'));
  const next = await batch();
  expect(next.id).toBe('abc1.2');
  expect(next.data).toEqual({
    facts: [{ seq: 2, time: '1970-01-01T00:00:00.000Z', ...deleted('new') }],
    next: 'abc1.2',
    hasMore: false,
  });
});

test('a reader that comes back goes on behind the last fact that it had', async () => {
  const { batch } = streaming({ from: 'abc1.2', before: ['a', 'b', 'c', 'd'].map(deleted) });
  expect(ids(await batch())).toEqual(['c', 'd']);
});

test('a reader that comes back too late is told what it missed', async () => {
  const before = Array.from({ length: 30 }, (_, at) => deleted(String(at)));
  const { batch } = streaming({ from: 'abc1.2', most: 10, before });
  expect((await batch()).data).toMatchObject({ missed: { queues: 20 } });
});

test('a reader of an earlier run is told so, and begins with the first fact of this one', async () => {
  const { batch } = streaming({ from: 'fff9.500', before: [deleted('a')] });
  const { data } = await batch();
  expect(data).toMatchObject({ isAnotherRun: true, facts: [{ messageId: 'a' }] });
});

test('many facts come in batches, none twice and none lost', async () => {
  const many = Array.from({ length: 1_234 }, (_, at) => deleted(String(at)));
  const { batch } = streaming({ from: '0', before: many });
  const batches = [await batch(), await batch(), await batch()];
  expect(batches.map((each) => each.data.facts.length)).toEqual([500, 500, 234]);
  expect(batches.flatMap(ids)).toEqual(many.map((_, at) => String(at)));
});

test('a quiet stream says that it is alive, and ends when its reader goes', async () => {
  const { texts, leave } = streaming({});
  await texts.next();
  expect((await texts.next()).value).toBe(': quiet\n\n');
  leave();
  let last = await texts.next();
  while (!last.done) last = await texts.next();
  expect(last.done).toBe(true);
});

test('a line break in a fact breaks no event', async () => {
  const { batch } = streaming({ from: '0', before: [deleted('a\n\nevent: x\r\u2028')] });
  expect(ids(await batch())).toEqual(['a\n\nevent: x\r\u2028']);
});

test.each(['', 'x', '-1', '1.2.3', 'abc1.', '1e3', '12345678901234567890'])('%j is no place', (text) => {
  expect(factAnswers(keptFacts(), 'abc1').parse(text)).toBeUndefined();
});
