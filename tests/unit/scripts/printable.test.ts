import { expect, test } from 'vitest';
import { printable } from '../../../scripts/terminal/printable.ts';

test('nothing that moves the cursor, turns the text or hides in it is printed', () => {
  expect(printable('a\u001b[2Jb\r\nc\u202ed\u200be\u2028f')).toBe('a�[2Jb��c�d�e�f');
});

test('a long text is cut, and not through a character', () => {
  expect(printable('😀'.repeat(300), 3)).toBe('😀😀…');
  expect(printable('abc', 3)).toBe('abc');
});
