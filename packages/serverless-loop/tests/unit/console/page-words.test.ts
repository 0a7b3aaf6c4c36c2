import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closedAddress,
  formatAddress,
  parseAddress,
  tokenIn,
  VIEWS,
} from '../../../console/state/address.ts';
import { keyReader, VIEW_KEYS } from '../../../console/state/keys.ts';
import { ago, duration, shortId, shownInRow, shownText } from '../../../console/state/words.ts';

describe('an address', () => {
  test('is read as it was written, whatever is opened and typed', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1 });
    const address = fc.record({
      view: fc.constantFrom(...VIEWS),
      opened: fc.array(part, { maxLength: 3 }),
      filter: fc.string({ unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(address, (given) => void expect(parseAddress(formatAddress(given))).toEqual(given)),
    );
  });

  test.each(['', '#', '#/nothing', '#token=abc', '#/__proto__'])(
    'that is no view’s is the first view’s: %j',
    (fragment) => {
      expect(parseAddress(fragment)).toEqual({ view: 'events', opened: [], filter: '' });
    },
  );

  test('that is broken is taken as it stands', () => {
    expect(parseAddress('#/logs/%E0%A4%A').opened).toEqual(['%E0%A4%A']);
  });

  test.each([
    ['#/events/shop/id?q=a', '#/events?q=a'],
    ['#/traces/id', '#/traces'],
    ['#/traces/executions/flow/id', '#/traces/executions'],
    ['#/data/tables/boxes/id=1', '#/data/tables/boxes'],
    ['#/data/queues/kept', '#/data/queues'],
    ['#/data/buckets/pictures/oak.png', '#/data/buckets/pictures'],
    ['#/system/Seller', '#/system'],
    ['#/system/list/Seller', '#/system/list'],
  ])('%s is closed to %s: its list stays', (from, to) => {
    const closed = closedAddress(parseAddress(from));
    expect(closed && formatAddress(closed)).toBe(to);
  });

  test.each([
    '#/events',
    '#/traces/executions',
    '#/data/tables/boxes',
    '#/system/list',
    '#/do/invoke/Seller',
  ])('%s has nothing opened to be closed', (fragment) =>
    expect(closedAddress(parseAddress(fragment))).toBeUndefined(),
  );

  test('has a token only as the start prints it', () => {
    expect(tokenIn('#token=abcdefghijklmnop_-12')).toBe('abcdefghijklmnop_-12');
    expect(tokenIn('#/events?token=abcdefghijklmnop')).toBeUndefined();
    expect(tokenIn('#token=<script>aaaaaaaaaaaaaaaa')).toBeUndefined();
  });
});

describe('keys', () => {
  const key = (name: string, more: object = {}) => ({
    key: name,
    isModified: false,
    isTyping: false,
    isOnControl: false,
    at: 0,
    ...more,
  });

  test('g and a letter go to a view, each view by its own', () => {
    expect(new Set(Object.values(VIEW_KEYS))).toEqual(new Set(VIEWS));
    const read = keyReader();
    expect(read(key('g'))).toBeUndefined();
    expect(read(key('l', { at: 200 }))).toEqual({ do: 'go', to: 'logs' });
    expect(read(key('l', { at: 300 }))).toBeUndefined();
  });

  test('a g long ago means nothing', () => {
    const read = keyReader();
    read(key('g'));
    expect(read(key('l', { at: 2_000 }))).toBeUndefined();
  });

  test('in a field for text they are text, but for Escape', () => {
    const read = keyReader();
    expect(['/', '?', 'j', 'g', 'Enter'].map((name) => read(key(name, { isTyping: true })))).toEqual(
      Array(5).fill(undefined),
    );
    expect(read(key('Escape', { isTyping: true }))).toEqual({ do: 'close' });
  });

  test('with Control or Meta they are the browser’s, and Enter is a button’s that has the focus', () => {
    expect(keyReader()(key('/', { isModified: true }))).toBeUndefined();
    expect(keyReader()(key('Enter', { isOnControl: true }))).toBeUndefined();
    expect(keyReader()(key('Enter'))).toEqual({ do: 'open' });
  });
});

describe('words', () => {
  test.each([
    [0, 'now'],
    [999, 'now'],
    [12_000, '12 s ago'],
    [185_000, '3 min ago'],
    [7_300_000, '2 h ago'],
    [500_000_000, '5 d ago'],
    [-500, 'now'],
    [-30_000, 'in 30 s'],
  ])('a time %d ms ago is %j', (passed, expected) => {
    expect(ago(1_000_000_000_000, 1_000_000_000_000 + passed)).toBe(expected);
  });

  test.each([
    ['5f0c2a91-1111-4222-8333-444455556666', '5f0c2a91…'],
    ['1-5f0c2a91-111142228333444455556666', '1-5f0c2a…'],
    ['order-creator', 'order-creator'],
  ])('the id %s is %s', (id, expected) => {
    expect(shortId(id)).toBe(expected);
  });

  test.each([
    [3, '3 ms'],
    [1_240, '1.2 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms are %j', (ms, expected) => {
    expect(duration(ms)).toBe(expected);
  });

  test('a text of a megabyte is cut, and says by how much', () => {
    expect(shownText('x'.repeat(1_000_000))).toEqual({ text: 'x'.repeat(20_000), leftOut: 980_000 });
    expect(shownInRow('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(300);
  });

  test('nothing in a text hides or turns what stands around it', () => {
    expect(shownInRow('a\u202Eb\u0000c\u200B')).toBe('a\uFFFDb\uFFFDc\uFFFD');
    expect(shownText('<b>\uD800').text).toBe('<b>\uFFFD');
  });
});
