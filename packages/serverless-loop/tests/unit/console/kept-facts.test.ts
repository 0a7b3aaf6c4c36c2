import { expect, test } from 'vitest';
import { keptFacts } from '../../../src/console/kept-facts.ts';
import type { Fact } from '../../../src/facts.ts';

const deleted = (messageId: string): Fact => ({ kind: 'queue.deleted', queueName: 'q', messageId });
const published = (eventId: string): Fact => ({
  kind: 'event.published',
  busName: 'default',
  eventId,
  source: 's',
  detailType: 'd',
});

function kept(facts: Fact[], most?: number) {
  const store = keptFacts({ now: () => 1_000, ...(most !== undefined && { most }) });
  for (const fact of facts) store.observe(fact);
  return store;
}
const numbers = (facts: { seq: number }[]) => facts.map(({ seq }) => seq);

test('facts are numbered from 1 in the order in which they come, whatever their group', () => {
  const store = kept([deleted('a'), published('b'), deleted('c')]);
  expect(store.after(0, { limit: 10 })).toEqual({
    facts: [
      { seq: 1, at: 1_000, fact: deleted('a') },
      { seq: 2, at: 1_000, fact: published('b') },
      { seq: 3, at: 1_000, fact: deleted('c') },
    ],
    next: 3,
    hasMore: false,
    missed: {},
  });
});

test('who asks again from the next place gets each fact once', () => {
  const store = kept([deleted('a'), published('b'), deleted('c')]);
  const first = store.after(0, { limit: 2 });
  expect(first).toMatchObject({ next: 2, hasMore: true });
  expect(numbers(store.after(first.next, { limit: 2 }).facts)).toEqual([3]);
  store.observe(deleted('d'));
  expect(numbers(store.after(3, { limit: 2 }).facts)).toEqual([4]);
});

test('the next place of a group passes over the facts of the others', () => {
  const store = kept([published('a'), deleted('b'), deleted('c')]);
  const events = store.after(0, { groups: ['events'], limit: 10 });
  expect(numbers(events.facts)).toEqual([1]);
  expect(events.next).toBe(3);
});

test('a busy group pushes out no fact of another', () => {
  const store = kept([published('first'), ...Array.from({ length: 50 }, (_, at) => deleted(`${at}`))], 10);
  expect(numbers(store.after(0, { groups: ['events'], limit: 100 }).facts)).toEqual([1]);
  expect(numbers(store.after(0, { groups: ['queues'], limit: 100 }).facts)).toEqual(
    Array.from({ length: 10 }, (_, at) => 42 + at),
  );
});

test('who asks for facts that gave way is told of which group and up to which number', () => {
  const store = kept(
    Array.from({ length: 25 }, (_, at) => deleted(`${at}`)),
    10,
  );
  expect(store.after(3, { limit: 100 }).missed).toEqual({ queues: 15 });
  expect(store.after(15, { limit: 100 }).missed).toEqual({});
  expect(store.after(3, { groups: ['events'], limit: 100 }).missed).toEqual({});
});

test('the newest facts come in their order', () => {
  const store = kept([published('a'), deleted('b'), published('c'), deleted('d')]);
  expect(numbers(store.newest({ limit: 3 }).facts)).toEqual([2, 3, 4]);
  expect(numbers(store.newest({ groups: ['events'], limit: 3 }).facts)).toEqual([1, 3]);
});

test('facts that are forgotten are missed by who asks for them, and numbers go on', () => {
  const store = kept([deleted('a'), deleted('b')]);
  store.forget();
  store.observe(deleted('c'));
  expect(numbers(store.after(0, { limit: 10 }).facts)).toEqual([3]);
  expect(store.after(0, { limit: 10 }).missed).toEqual({ queues: 2 });
});

test('a listener hears of each fact until it has enough', () => {
  const store = kept([]);
  let heard = 0;
  const end = store.onFact(() => {
    heard += 1;
  });
  store.observe(deleted('a'));
  end();
  store.observe(deleted('b'));
  expect(heard).toBe(1);
});
