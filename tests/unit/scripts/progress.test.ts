import { expect, test } from 'vitest';
import { progress } from '../../../scripts/terminal/progress.ts';

function shownOn(isTTY: boolean): string {
  let written = '';
  const line = progress({ isTTY, write: (text) => (written += text) });
  line.show('1 of 2');
  line.show('2 of 2');
  line.end();
  return written;
}

test('progress goes back to the start of its line, and leaves nothing there', () => {
  expect(shownOn(true)).toBe('\r\u001b[K1 of 2\r\u001b[K2 of 2\r\u001b[K');
});

test('a pipe gets no progress', () => {
  expect(shownOn(false)).toBe('');
});
