import { describe, expect, test } from 'vitest';
import { parseExactJson } from '../../../src/aws/exact-json.ts';
import { isObject } from '../../../src/aws/json-object.ts';
import { InvalidPatternError } from '../../../src/services/eventbridge/pattern/invalid-pattern-error.ts';
import { compilePattern } from '../../../src/services/eventbridge/pattern/pattern.ts';

/** True when a field fits, both given as the JSON texts that they come as. */
function fits(asked: string, value: string): boolean {
  const event = parseExactJson(`{"field":${value}}`);
  return isObject(event) && compilePattern(`{"field":[${asked}]}`)(event);
}

const long = '12345678901234567890';
const longer = '12345678901234567891';

// Event Ruler's README ("Numeric matching") and its ComparableNumber: a number is compared when a double is just that one.
describe("numbers that a double can't hold", () => {
  test.each([
    ['the same digits', long, long, true],
    ['other digits that make the same double', long, longer, false],
    ['a string of these digits', `"${long}"`, long, false],
    ['beside others', `1,${long}`, long, true],
    ['a value as a double, and as a text', '9007199254740993', '9007199254740993', true],
    ['the double next to it', '9007199254740993', '9007199254740992', false],
    ['more than any double', '1e400', '1e400', true],
    ['exists', '{"exists":true}', long, true],
    ['anything but another number', '{"anything-but":1}', long, true],
    ['anything but a list of numbers', '{"anything-but":[1,2]}', long, true],
    ['no numeric range', '{"numeric":[">",0]}', long, false],
    ['no prefix', '{"prefix":"1"}', long, false],
  ])('%s', (_fact, asked, value, expected) => {
    expect(fits(asked, value)).toBe(expected);
  });

  test.each([
    ['numeric', `{"numeric":["<",${long}]}`],
    ['the top of a range', `{"numeric":[">",0,"<",${long}]}`],
    ['anything-but', `{"anything-but":${long}}`],
    ['a list in anything-but', `{"anything-but":[1,${long}]}`],
    ['more than any double', '{"numeric":["<",1e400]}'],
  ])('no operator compares with one: %s', (_fact, asked) => {
    expect(() => fits(asked, '1')).toThrow(InvalidPatternError);
    expect(() => fits(asked, '1')).toThrow('Cannot compare number : 1');
  });
});

test.each([
  ['1.0', '1'],
  ['1', '1.00'],
  ['1e2', '100'],
  ['100', '1E+2'],
  ['-0', '0'],
  ['0.0000001', '1e-7'],
  ['1000000000000000000000', '1e21'],
  ['0.10', '0.1'],
])('%s is %s, however it is written', (asked, value) => {
  expect(fits(asked, value)).toBe(true);
  expect(fits(`{"numeric":["=",${asked}]}`, value)).toBe(true);
  expect(fits(`{"anything-but":${asked}}`, value)).toBe(false);
});
