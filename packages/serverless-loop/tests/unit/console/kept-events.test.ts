import { expect, test } from 'vitest';
import { keptEvents } from '../../../src/console/kept-events.ts';

const event = (id: string, text = '{}', busName = 'shop') => ({ id, busName, text });

test('the newest are kept, and come first', () => {
  const events = keptEvents({ most: 2 });
  for (const id of ['a', 'b', 'c']) events.keep(event(id));
  expect(events.newest(10).map(({ id }) => id)).toEqual(['c', 'b']);
  expect(events.newest(1).map(({ id }) => id)).toEqual(['c']);
  expect(events.find('shop', 'a')).toBeUndefined();
});

test('of ten times as many as are kept the newest are there, and no older one is found', () => {
  const events = keptEvents({ most: 10 });
  for (let count = 1; count <= 105; count += 1) events.keep(event(String(count)));
  expect(events.newest(100).map(({ id }) => Number(id))).toEqual([
    105, 104, 103, 102, 101, 100, 99, 98, 97, 96,
  ]);
  expect(events.find('shop', '95')).toBeUndefined();
  expect(events.find('shop', '96')).toBeDefined();
});

test('large ones push out more of the older ones, and one that is larger than all room is kept alone', () => {
  const events = keptEvents({ mostCharacters: 100 });
  events.keep(event('a', 'x'.repeat(40)));
  events.keep(event('b', 'x'.repeat(40)));
  events.keep(event('c', 'x'.repeat(60)));
  expect(events.newest(10).map(({ id }) => id)).toEqual(['c', 'b']);
  events.keep(event('d', 'x'.repeat(500)));
  expect(events.newest(10).map(({ id }) => id)).toEqual(['d']);
  events.keep(event('e'));
  expect(events.newest(10).map(({ id }) => id)).toEqual(['e']);
});

test('one that is passed on to another bus is there on both', () => {
  const events = keptEvents();
  events.keep(event('a', '{"n":1}', 'shop'));
  events.keep(event('a', '{"n":1}', 'other'));
  expect([events.find('shop', 'a'), events.find('other', 'a')].map((kept) => kept?.busName)).toEqual([
    'shop',
    'other',
  ]);
});

test('one that comes again is found as it came last, and none after all are forgotten', () => {
  const events = keptEvents();
  events.keep(event('a', '{"n":1}'));
  events.keep(event('a', '{"n":2}'));
  expect(events.find('shop', 'a')?.text).toBe('{"n":2}');
  events.forget();
  expect(events.find('shop', 'a')).toBeUndefined();
  expect(events.newest(10)).toEqual([]);
});
