import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { isAnsweredYes } from '../../../scripts/terminal/question.ts';

test.each([
  ['y\n', true],
  [' YES \n', true],
  ['n\n', false],
  ['\n', false],
  ['yesterday\n', false],
  ['', false],
])('the answer %j means %s', async (typed, meaning) => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  input.end(typed);
  expect(await isAnsweredYes('Go on?', { input, output, signal })).toBe(meaning);
});

test('an interrupt while it asks means no', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const interrupt = new AbortController();
  const answer = isAnsweredYes('Go on?', { input, output, signal: interrupt.signal });
  interrupt.abort();
  expect(await answer).toBe(false);
});
