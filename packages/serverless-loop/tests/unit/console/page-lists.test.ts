import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFollowing, placeAfter, placeToSee, windowOf } from '../../../console/state/virtual-list.ts';

const list = { count: 10_000, rowPx: 30, viewPx: 600, topPx: 0 };

describe('of a long list', () => {
  test('the rows that are seen are drawn, a few beyond, and space for all others', () => {
    expect(windowOf({ ...list, topPx: 3_000 })).toEqual({
      first: 92,
      end: 128,
      abovePx: 2_760,
      belowPx: (10_000 - 128) * 30,
    });
  });

  test('whatever the place, what is seen is drawn and the height is that of all rows', () => {
    const scrolled = fc.record({
      count: fc.nat(20_000),
      rowPx: fc.integer({ min: 16, max: 80 }),
      viewPx: fc.integer({ min: 0, max: 3_000 }),
      topPx: fc.integer({ min: -500, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(scrolled, (at) => {
        const { first, end, abovePx, belowPx } = windowOf(at);
        const { count, rowPx, viewPx } = at;
        const topPx = Math.min(Math.max(at.topPx, 0), Math.max(0, count * rowPx - viewPx));
        expect(abovePx + (end - first) * rowPx + belowPx).toBe(count * rowPx);
        expect(abovePx).toBeLessThanOrEqual(topPx);
        expect(end * rowPx).toBeGreaterThanOrEqual(Math.min(topPx + viewPx, count * rowPx));
        expect(end - first).toBeLessThanOrEqual(Math.ceil(viewPx / rowPx) + 18);
      }),
    );
  });
});

describe('while rows come', () => {
  const change = { added: 5, gone: 5 };

  test('a reader at the edge where they come follows', () => {
    expect(placeAfter(list, change, 'newest first')).toBe(0);
    const atEnd = { ...list, topPx: 10_000 * 30 - 600 };
    expect(isFollowing(atEnd, 'newest last')).toBe(true);
    expect(placeAfter(atEnd, { added: 5, gone: 0 }, 'newest last')).toBe(10_005 * 30 - 600);
  });

  test('a reader anywhere else goes on reading the same rows', () => {
    const reading = { ...list, topPx: 3_000 };
    expect(placeAfter(reading, change, 'newest first')).toBe(3_150);
    expect(placeAfter(reading, change, 'newest last')).toBe(2_850);
  });

  test('a reader of rows that are gone sees the oldest that is left', () => {
    expect(placeAfter({ ...list, topPx: 60 }, { added: 0, gone: 100 }, 'newest last')).toBe(0);
  });
});

test('a row that is chosen by a key comes into view, and one that is there moves nothing', () => {
  const at = { ...list, topPx: 3_000 };
  expect(placeToSee(50, at)).toBe(1_500);
  expect(placeToSee(105, at)).toBe(3_000);
  expect(placeToSee(120, at)).toBe(121 * 30 - 600);
});
