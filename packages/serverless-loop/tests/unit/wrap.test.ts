import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../src/cli/terminal/columns.ts';
import { wrap } from '../../src/cli/terminal/wrap.ts';

test('a line is broken before the word that does not fit, and goes on indented', () => {
  expect(wrap('one two three four\nfive', 16)).toBe('one two three\n    four\nfive');
  expect(wrap('one two three four', 16, 4)).toBe('one two three\n    four');
});

test('a row is as long as the terminal is wide', () => {
  expect(wrap('one two three ab', 16)).toBe('one two three ab');
  expect(wrap('one two three abc', 16)).toBe('one two three\n    abc');
});

test('a word longer than a row is broken behind one of its marks, and only where it has none at the end of the row', () => {
  expect(wrap('to arn:aws:sqs:eu-west-1:000000000000:orders', 24)).toBe(
    'to arn:aws:sqs:\n    eu-west-1:\n    000000000000:orders',
  );
  expect(wrap('abcdefghijklmnopqrstuvwxyz', 20)).toBe('abcdefghijklmnopqrst\n    uvwxyz');
});

test('no row is longer than the terminal is wide, nor is anything lost', () => {
  const line = `OrdersTable \u001b[2mPutItem orderId=2535c106-bf33-5c50-a05a-7bf0d5ae0efd\u001b[22m ${'word '.repeat(30)}`;
  const plain = (text: string) => text.replaceAll(/.\[\d+m/g, '');
  for (const columns of [20, 40, 80, 200]) {
    const rows = plain(wrap(line, columns)).split('\n');
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
    expect(rows.join('').replaceAll(' ', '')).toBe(plain(line).replaceAll(' ', ''));
  }
});

test('a colour takes no room and goes on in the next row', () => {
  expect(wrap('\u001b[2mone two\u001b[22m three', 13)).toBe('\u001b[2mone two\u001b[22m three');
  expect(wrap('\u001b[2mone two three\u001b[22m', 10)).toBe('\u001b[2mone two\n  \u001b[2mthree\u001b[22m');
});

describe('the columns', () => {
  test('are those of the terminal, and of a file or a pipe there are none', () => {
    expect(columnsOf({ isTTY: true, columns: 80 }, {})).toBe(80);
    expect(columnsOf({}, {})).toBeUndefined();
    expect(columnsOf({}, { COLUMNS: '80' })).toBeUndefined();
  });

  test('of a terminal that does not know its width are not told', () => {
    expect(columnsOf({ isTTY: true, columns: 0 }, {})).toBeUndefined();
    expect(columnsOf({ isTTY: true }, {})).toBeUndefined();
  });

  test('are COLUMNS where colours are asked for without a terminal', () => {
    expect(columnsOf({}, { FORCE_COLOR: '1', COLUMNS: '64' })).toBe(64);
    expect(columnsOf({}, { FORCE_COLOR: '1', COLUMNS: 'wide' })).toBeUndefined();
  });
});
