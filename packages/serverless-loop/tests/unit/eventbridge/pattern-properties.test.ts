import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/services/eventbridge/pattern/pattern.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const key = fc.constantFrom('a', 'b', 'c', 'a.b', 'detail', '__proto__', '', '*');
const scalar = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer({ min: -9, max: 9 }),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec<{ tree: Json; object: { [key: string]: Json } }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    tie('object'),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
  object: fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
}));
const event = fc.dictionary(key, tree, { maxKeys: 4 });

/** A pattern that asks for exactly what an event without arrays has. */
function exactPattern(value: { [key: string]: Json }): { [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isObject(inner) ? exactPattern(inner) : [inner]]),
  );
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const plainKey = fc.stringMatching(/^[a-z_$-]{1,6}$/).filter((name) => name !== '$or');
const { plain } = fc.letrec<{ plain: { [key: string]: Json }; node: Json }>((tie) => ({
  plain: fc.dictionary(plainKey, tie('node'), { minKeys: 1, maxKeys: 4 }),
  node: fc.oneof({ maxDepth: 4 }, scalar, tie('plain')),
}));

const pattern = fc.oneof(
  fc.constantFrom(
    { a: [1] },
    { a: { b: ['x', null, true] } },
    { 'a.b': [{ exists: true }] },
    { a: [{ exists: false }], b: [{ 'anything-but': 'x' }] },
    { detail: { a: [{ wildcard: '*x*' }], b: { c: [{ numeric: ['>', 0] }] } } },
    { $or: [{ a: [{ prefix: '' }] }, { b: { a: [{ exists: false }] } }] },
  ),
  plain.map(exactPattern),
);

describe('the matcher', () => {
  test('matches every event with the exact pattern made from it', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const asked = exactPattern(value);
        expect(compilePattern(asked)(value)).toBe(true);
        expect(compilePattern(JSON.stringify(asked))({ ...value, '': { more: [value] } })).toBe(true);
      }),
    );
  });

  test('answers yes or no to any event, and never throws', () => {
    fc.assert(
      fc.property(pattern, event, (asked, value) => {
        expect(typeof compilePattern(asked)(value)).toBe('boolean');
      }),
    );
  });

  test('keeps its answer when the event is written and read again', () => {
    fc.assert(
      fc.property(pattern, event, (asked, value) => {
        const matches = compilePattern(asked);
        expect(matches(JSON.parse(JSON.stringify(value)))).toBe(matches(value));
      }),
    );
  });

  test('a new field never breaks a match without exists: false', () => {
    fc.assert(
      fc.property(plain, fc.constantFrom('NEW', 'New.Field'), tree, (value, name, more) => {
        expect(compilePattern(exactPattern(value))({ ...value, [name]: more })).toBe(true);
      }),
    );
  });

  test('an element added to an array never breaks a match without exists: false', () => {
    fc.assert(
      fc.property(plain, fc.array(tree, { maxLength: 3 }), fc.nat(3), (value, others, at) => {
        const items = others.toSpliced(at, 0, value);
        expect(compilePattern({ items: exactPattern(value) })({ items })).toBe(true);
      }),
    );
  });
});

describe('operators against an oracle', () => {
  const on = (asked: unknown, value: Json) => compilePattern({ field: [asked] })({ field: value });

  test('anything-but is the complement on every leaf that is there', () => {
    const text = fc.string({ minLength: 1, maxLength: 3 });
    const operand = fc.oneof(
      text.map((value) => [value, value] as const),
      fc.integer({ min: -9, max: 9 }).map((value) => [value, value] as const),
      text.map((prefix) => [{ prefix }, { prefix }] as const),
      text.map((suffix) => [{ suffix }, { suffix }] as const),
      text.map((value) => [{ 'equals-ignore-case': value }, { 'equals-ignore-case': value }] as const),
      fc.constantFrom('a*', '*b', '*').map((wildcard) => [{ wildcard }, { wildcard }] as const),
    );
    fc.assert(
      fc.property(operand, scalar, ([refused, asked], value) => {
        expect(on({ 'anything-but': refused }, value)).toBe(!on(asked, value));
      }),
    );
  });

  test('a list in anything-but refuses what any of its members refuses', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 2 }), { minLength: 1, maxLength: 4 }),
        scalar,
        (list, value) => {
          expect(on({ 'anything-but': list }, value)).toBe(
            list.every((one) => on({ 'anything-but': one }, value)),
          );
        },
      ),
    );
  });

  test('numeric agrees with JavaScript within EventBridge’s range', () => {
    const number = fc.oneof(
      fc.integer({ min: -5e9, max: 5e9 }),
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    );
    fc.assert(
      fc.property(number, number, number, (one, other, value) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(on({ numeric: ['=', low] }, value)).toBe(value === low);
        expect(on({ numeric: ['<', low] }, value)).toBe(value < low);
        expect(on({ numeric: ['<=', low] }, value)).toBe(value <= low);
        expect(on({ numeric: ['>', low] }, value)).toBe(value > low);
        expect(on({ numeric: ['>=', low] }, value)).toBe(value >= low);
        fc.pre(low < high);
        expect(on({ numeric: ['>', low, '<', high] }, value)).toBe(value > low && value < high);
        expect(on({ numeric: ['>=', low, '<=', high] }, value)).toBe(value >= low && value <= high);
      }),
    );
  });

  test('a wildcard agrees with the regular expression of the same meaning', () => {
    const part = fc.constantFrom('', 'a', 'b', 'ab', '.', '(', '*', '\\');
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '(', '*', '\\'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), text, (parts, value) => {
        const escaped = parts.map((literal) => literal.replace(/[*\\]/g, '\\$&'));
        const wildcard = escaped.join('*');
        fc.pre(!wildcard.includes('**') || escaped.every((literal) => literal !== ''));
        const regex = new RegExp(
          `^${parts.map((literal) => literal.replace(/[.(*\\]/g, '\\$&')).join('.*')}$`,
          's',
        );
        expect(on({ wildcard }, value)).toBe(regex.test(value));
      }),
      { numRuns: 1_000 },
    );
  });

  test('an IPv4 block has the addresses whose first bits are its own', () => {
    const address = fc.nat(0xffff_ffff);
    const dotted = (bits: number) => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
    fc.assert(
      fc.property(address, address, fc.integer({ min: 1, max: 31 }), (block, value, size) => {
        const same = block >>> (32 - size) === value >>> (32 - size);
        expect(on({ cidr: `${dotted(block)}/${size}` }, dotted(value))).toBe(same);
      }),
    );
  });
});
