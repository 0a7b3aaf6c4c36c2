import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable, printableJson, printableLines, printableValue } from '../../src/printable.ts';
import { anyText } from '../any-text.ts';

/** Characters that a terminal acts on, or that nobody sees: written here once more, by code point. */
const HARMFUL = [
  ...range(0x00, 0x08),
  ...range(0x0b, 0x1f),
  ...range(0x7f, 0x9f),
  0xad,
  0x34f,
  0x61c,
  0x115f,
  0x1160,
  ...range(0x180b, 0x180f),
  ...range(0x200b, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x206f),
  0x3164,
  0xfeff,
  ...range(0xfff9, 0xfffb),
  0xe0001,
  ...range(0xe0020, 0xe007f),
  ...range(0xe0100, 0xe01ef),
];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const IS_HARMFUL = new Set(HARMFUL);
const isHarmful = (text: string) =>
  [...text].some((character) => IS_HARMFUL.has(character.codePointAt(0) ?? 0)) || !text.isWellFormed();

/** Texts made of what hurts, of what stands around it, and of anything at all. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HARMFUL).map((code) => String.fromCodePoint(code)),
      fc.constantFrom(
        '\u001b[2J',
        '\u001b]0;title\u0007',
        '\u001b[31m',
        '\u009b1A',
        '\r',
        '\n',
        '\t',
        '\ud800',
      ),
      anyText(),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(''));

test('nothing that moves the cursor, turns the text or hides in it is printed', () => {
  expect(printable('a\u001b[2Jb\r\nc\u202ed\u200be\u2028f')).toBe('a�[2Jb��c�d�e�f');
});

test('a long text is cut, and not through a character', () => {
  expect(printable('😀'.repeat(300), 3)).toBe('😀😀…');
  expect(printable('abc', 3)).toBe('abc');
});

test('each of them is printed nowhere', () => {
  for (const code of HARMFUL) {
    const text = `a${String.fromCodePoint(code)}b`;
    const json = printableJson(JSON.stringify(text));
    const shown = [printable(text), printableLines(text), JSON.stringify(printableValue([text])), json];
    const named = `U+${code.toString(16).padStart(4, '0')}`;
    expect(shown.filter(isHarmful), named).toEqual([]);
    expect(JSON.parse(json), named).toBe(text);
  }
});

test('text of the world stays as it is: marks, emoji with their presentation, scripts of either direction', () => {
  const text = 'naïve Ünï 日本語 עברית العربية ❤️ 👍🏽 e\u0301\tcolumn';
  expect(printableLines(text)).toBe(text);
});

test('colours of others are dropped, lines are kept', () => {
  expect(printableLines('\u001b[1;31mred\u001b[0m\r\nnext')).toBe('red\nnext');
});

describe('whatever the text', () => {
  test('nothing harmful is printed, and nothing but line breaks breaks a line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(isHarmful(printableLines(text))).toBe(false);
        expect(isHarmful(printable(text))).toBe(false);
        expect(printable(text)).not.toMatch(/[\n\t]/);
        expect([...printable(text, 10)].length).toBeLessThanOrEqual(10);
      }),
    );
  });

  test('what is printable stays so', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const once = printableLines(text);
        expect(printableLines(once)).toBe(once);
      }),
    );
  });

  test('JSON stays the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, fc.array(hostile)), (value) => {
        const json = printableJson(JSON.stringify(value));
        expect(isHarmful(json)).toBe(false);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('a value has its shape, with nothing harmful in its texts and names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), hostile, (value, text) => {
        expect(isHarmful(JSON.stringify(printableValue({ [text]: [value, text] })))).toBe(false);
      }),
    );
  });
});

test('a value that is printable is given as it is, one that goes too deep is cut', () => {
  const value = { a: [1, 'two', { three: null }] };
  expect(printableValue(value)).toBe(value);
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(JSON.stringify(printableValue(deep)).length).toBeLessThan(200);
});
