import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactJson, WrittenNumber } from '../../src/aws/exact-json.ts';
import { isObject } from '../../src/aws/json-object.ts';

const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,24})$/);
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.constantFrom('', '.0', '.10', '.000000', '.0000001', '.12345678901234567890'),
    fc.constantFrom('', 'e2', 'E+10', 'e-400', 'e400'),
  )
  .map((parts) => parts.join(''));

test('every number is written as it came, wherever it stands', () => {
  fc.assert(
    fc.property(number, number, fc.string(), (one, other, text) => {
      const json = `{"a":${one},"b":[${other},{"c":${one}}],"d":${JSON.stringify(text)}}`;
      expect(JSON.stringify(parseExactJson(json))).toBe(json);
      expect(JSON.stringify(parseExactJson(` ${one} `))).toBe(one);
    }),
  );
});

test('the values are those of JSON.parse, and numbers that JavaScript writes the same are plain numbers', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const value: unknown = JSON.parse(json);
      expect(JSON.parse(JSON.stringify(parseExactJson(json)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(parseExactJson('{"a":[1,-2.5,1000000,0.1],"at":"2026-01-01T00:00:00.000Z"}')).toEqual({
    a: [1, -2.5, 1_000_000, 0.1],
    at: '2026-01-01T00:00:00.000Z',
  });
});

test('a number is exact when a double is just that one', () => {
  const exact = (text: string) => new WrittenNumber(text).exact;
  expect(exact('1.10')).toBe(1.1);
  expect(exact('9007199254740992')).toBe(2 ** 53);
  expect(exact('9007199254740993')).toBeUndefined();
  expect(exact('1e400')).toBeUndefined();
  expect(exact('1e-400')).toBeUndefined();
  expect(exact('0e-400')).toBe(0);
  expect(exact(`1${'0'.repeat(22)}`)).toBe(1e22);
});

test('a written number is no object', () => {
  expect(isObject(parseExactJson('1.0'))).toBe(false);
  expect(`${parseExactJson('1.0')}`).toBe('1.0');
});
