import { expect, test } from 'vitest';
import { wrap } from '../../../scripts/record/wrap.ts';

test('a line is broken before the word that does not fit, and goes on indented', () => {
  expect(wrap('one two three four\nfive', 9)).toBe('one two\n    three\n    four\nfive');
});

test('a word longer than a line is broken where the line ends', () => {
  expect(wrap('abcdefghij', 6)).toBe('abcdef\n    gh\n    ij');
});

test('a colour takes no room and goes on in the next line', () => {
  expect(wrap('\u001b[2mone two\u001b[22m three', 8)).toBe('\u001b[2mone two\u001b[22m\n    thre\n    e');
  expect(wrap('\u001b[2mone two three\u001b[22m', 10)).toBe('\u001b[2mone two\n    \u001b[2mthree\u001b[22m');
});
