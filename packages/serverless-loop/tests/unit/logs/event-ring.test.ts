import { expect, test } from 'vitest';
import { type EventRing, eventRing } from '../../../src/services/logs/event-ring.ts';

function ring(maxBytes: number, segmentBytes: number): { ring: EventRing; full(): number } {
  let full = 0;
  const onFull = () => {
    full += 1;
  };
  return { ring: eventRing({ maxBytes, segmentBytes, onFull }), full: () => full };
}

function kept({ events }: EventRing, from?: number, to?: number): string[] {
  return [...events(from, to)].map((event) => event.message());
}

test('events come back as they were put, in their order', () => {
  const { ring: store } = ring(10_000, 1_000);
  store.add(1, 5, 6, 'snäck 🥨');
  store.add(2, 4, 7, '');
  expect([...store.events()].map(({ message, ...event }) => ({ ...event, message: message() }))).toEqual([
    { streamId: 1, sequence: 0, timestamp: 5, ingestionTime: 6, messageBytes: 11, message: 'snäck 🥨' },
    { streamId: 2, sequence: 1, timestamp: 4, ingestionTime: 7, messageBytes: 0, message: '' },
  ]);
});

test('the oldest go when the bytes are used up, and it is told once', () => {
  const { ring: store, full } = ring(400, 100);
  for (let n = 0; n < 100; n += 1) store.add(0, n, n, `line ${n}`);
  const left = kept(store);
  expect(left.at(-1)).toBe('line 99');
  expect(left.length).toBeLessThanOrEqual(400 / 24);
  expect(left).toEqual(Array.from({ length: left.length }, (_, at) => `line ${100 - left.length + at}`));
  expect([...store.events()].map(({ sequence }) => sequence).at(-1)).toBe(99);
  expect(full()).toBe(1);
});

test('an event longer than a segment is kept, even when nothing else can be', () => {
  const { ring: store } = ring(400, 100);
  store.add(0, 1, 1, 'small');
  store.add(0, 2, 2, 'x'.repeat(300));
  store.add(0, 3, 3, 'after');
  expect(kept(store).at(-1)).toBe('after');
  const { ring: tiny } = ring(100, 50);
  tiny.add(0, 1, 1, 'y'.repeat(500));
  expect(kept(tiny)).toEqual(['y'.repeat(500)]);
});

test('asked for a time, segments wholly outside it are left out', () => {
  const { ring: store } = ring(10_000, 60);
  for (let n = 0; n < 10; n += 1) store.add(0, n, n, 'thirty bytes of text, or so...');
  expect([...store.events(9)].map(({ timestamp }) => timestamp)).toEqual([9]);
  expect([...store.events(undefined, 0)].map(({ timestamp }) => timestamp)).toEqual([0]);
  expect(kept(store, 20)).toEqual([]);
});
