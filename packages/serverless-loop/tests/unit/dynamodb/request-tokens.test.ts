import { expect, test } from 'vitest';
import { startRequestTokens } from '../../../src/services/dynamodb/request-tokens.ts';

const MINUTE_MS = 60_000;

test('a token stands for its transaction for ten minutes', () => {
  let nowMs = 0;
  const tokens = startRequestTokens(() => nowMs);
  expect(tokens.isRepeat('t', 'one')).toBe(false);
  tokens.remember('t', 'one');
  nowMs = 10 * MINUTE_MS - 1;
  expect(tokens.isRepeat('t', 'one')).toBe(true);
  nowMs = 10 * MINUTE_MS;
  expect(tokens.isRepeat('t', 'one')).toBe(false);
  expect(tokens.isRepeat('t', 'two')).toBe(false);
});

test('a token with another transaction is refused', () => {
  const tokens = startRequestTokens(() => 0);
  tokens.remember('t', 'one');
  expect(() => tokens.isRepeat('t', 'two')).toThrow(
    expect.objectContaining({ code: 'IdempotentParameterMismatchException' }),
  );
});
