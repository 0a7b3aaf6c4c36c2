import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilterPattern } from '../../../src/services/logs/filter/pattern.ts';
import { runsOf } from '../../matrix.ts';
import { matching } from './matching.ts';

const matches = (expression: string, text: string) => matching(`%${expression}%`)(text);

/** An expression of what CloudWatch Logs and JavaScript both know, over few characters, so that it often matches. */
const atom = fc.constantFrom(
  'a',
  'b',
  'c',
  '.',
  '[ab]',
  '[^a]',
  '[a-b]',
  '\\d',
  '\\D',
  '\\w',
  '\\s',
  '\\x61',
  '\\.',
  '1',
);
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '+?');
const sequence = fc
  .tuple(
    fc.constantFrom('', '', '^'),
    fc.array(
      fc.tuple(atom, quantifier).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 5 },
    ),
    fc.constantFrom('', '', '$'),
  )
  .map(([start, parts, end]) => start + parts.join('') + end);
const expression = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|'));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', ' ', 'é', '€'), maxLength: 12 });

describe('a regular expression', () => {
  test('is searched in so many steps that others are served within the longest line', () => {
    const line = 'ab'.repeat(524_288);
    const steps = (pattern: string) => [...compileFilterPattern(pattern)(line)].length;
    expect(steps('%a{0,1000}c%')).toBeGreaterThan(500);
    expect(steps('%c%')).toBeGreaterThan(10);
    expect(steps(`[first = ${'x'.repeat(9)} || first = %a{0,1000}c%]`)).toBeGreaterThan(500);
  });

  test('matches what JavaScript’s matches', () => {
    fc.assert(
      fc.property(expression, text, (source, line) => {
        expect(matches(source, line)).toBe(new RegExp(source).test(line));
      }),
      { numRuns: runsOf(5_000) },
    );
  });

  test('leads over the places of many words, with characters and without', () => {
    for (const length of [31, 32, 33, 63, 64, 65, 500]) {
      const line = 'a'.repeat(length);
      expect(matches(`^${line}$`, line)).toBe(true);
      expect(matches(`^${line}$`, `${line}a`)).toBe(false);
      expect(matches(`^b{0,${length}}a$`, 'a')).toBe(true);
      expect(matches(`^b?${'c?'.repeat(length)}a$`, 'ba')).toBe(true);
      expect(matches(`^a{0,${length}}$`, line)).toBe(true);
      expect(matches(`^a{0,${length}}$`, `${line}a`)).toBe(false);
      expect(matches(`${line}b|c`, 'xc')).toBe(true);
      expect(matches(`${line}|c`, 'b')).toBe(false);
    }
  });

  test('ends at the end of the line, too, that a function’s lines have', () => {
    expect(matches('done$', 'all done\n')).toBe(true);
    expect(matches('done$', 'all done\nor not\n')).toBe(false);
    expect(matches('^$', '\n')).toBe(true);
  });

  test.each([
    ['.*error.*code.*timeout.*', false],
    ['a*a*a*a*a*a*a*b', false],
    ['(?:', undefined],
    ['a.*a.*a.*a.*a$', true],
    ['[ab]{0,50}b', false],
  ])('takes no longer than the line is long: %s', (source, wanted) => {
    const line = 'a'.repeat(200_000);
    if (wanted === undefined) expect(() => matches(source, line)).toThrow('Invalid character(s)');
    // JavaScript's own takes minutes here; a deadline is the test's.
    else expect(matches(source, line)).toBe(wanted);
  });

  test.each(['*a', '+', 'a**', 'a++', '^*', 'a{2,1}', '[]', '[b-a]', 'a{3000}', '[a', 'a\\'])(
    '%s is refused',
    (source) => {
      expect(() => matches(source, '')).toThrow(/^Invalid (regex|character)/);
    },
  );
});
