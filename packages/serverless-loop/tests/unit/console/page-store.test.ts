import { expect, test } from 'vitest';
import { emptyStore, type FactStore, joined, withAnswer } from '../../../console/state/fact-store.ts';
import type { FactAnswer, FactOnWire } from '../../../src/console/fact-answer.ts';

const fact = (seq: number): FactOnWire => ({
  seq,
  time: '',
  kind: 'queue.deleted',
  queueName: 'q',
  messageId: `${seq}`,
});
const published = (seq: number): FactOnWire => ({
  seq,
  time: '',
  kind: 'event.published',
  busName: 'shop',
  eventId: `${seq}`,
  source: 's',
  detailType: 'd',
});
const answer = (facts: FactOnWire[], more: Partial<FactAnswer> = {}): FactAnswer => ({
  facts,
  next: `run.${facts.at(-1)?.seq ?? 0}`,
  hasMore: false,
  ...more,
});
const numbers = (store: FactStore, group: 'queues' | 'events' = 'queues') =>
  store.groups[group].facts.map(({ seq }) => seq);

test('facts lie in their groups, in their order', () => {
  const store = withAnswer(emptyStore(), answer([fact(1), published(2), fact(3)]));
  expect([numbers(store), numbers(store, 'events'), store.next]).toEqual([[1, 3], [2], 'run.3']);
});

test('an answer that comes twice, or late, adds nothing twice', () => {
  const once = withAnswer(emptyStore(), answer([fact(2), fact(5)]));
  expect(numbers(withAnswer(once, answer([fact(5), fact(6)])))).toEqual([2, 5, 6]);
  expect(numbers(withAnswer(once, answer([fact(1), fact(3)])))).toEqual([1, 2, 3, 5]);
});

test('the newest are kept, and those that gave way are counted', () => {
  const many = Array.from({ length: 30 }, (_, at) => fact(at + 1));
  const store = withAnswer(withAnswer(emptyStore(), answer(many), 20), answer([fact(31)]), 20);
  expect(numbers(store)[0]).toBe(12);
  expect(store.groups.queues).toMatchObject({ gone: 11 });
});

test('an answer that says what was missed is believed, by group', () => {
  const store = withAnswer(emptyStore(), answer([fact(50)], { missed: { queues: 40 } }));
  expect([store.groups.queues.missedUpTo, store.groups.events.missedUpTo]).toEqual([40, 0]);
});

test('a loop that was started again leaves nothing of the one before', () => {
  const before = withAnswer(emptyStore(), answer([fact(900)]));
  const store = withAnswer(before, answer([fact(1)], { isAnotherRun: true }));
  expect(numbers(store)).toEqual([1]);
  expect(store.isAnotherRun).toBe(true);
});

test('groups of which nothing came are the very same, so that their views draw nothing', () => {
  const before = withAnswer(emptyStore(), answer([fact(1)]));
  const store = withAnswer(before, answer([published(2)]));
  expect(store.groups.queues).toBe(before.groups.queues);
  const same = withAnswer(store, answer([], { next: 'run.9' }));
  expect([same.version, same.next]).toEqual([store.version, 'run.9']);
});

test('answers of one run come to the same one by one and joined', () => {
  const answers = [
    answer([fact(1), published(2)], { missed: { queues: 7 } }),
    answer([fact(3)], { missed: { queues: 5, events: 2 } }),
    answer([fact(1)], { isAnotherRun: true }),
    answer([published(2), fact(4)]),
    answer([], { next: 'run.9' }),
  ];
  const storeOf = (given: FactAnswer[]) => {
    const { version: _, ...store } = given.reduce((store, next) => withAnswer(store, next), emptyStore());
    return store;
  };
  expect(joined(answers)).toHaveLength(2);
  expect(storeOf(joined(answers))).toEqual(storeOf(answers));
});
