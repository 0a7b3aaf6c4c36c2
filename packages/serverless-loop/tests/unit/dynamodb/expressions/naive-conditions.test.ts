import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../../../src/services/dynamodb/engine/expressions/evaluate.ts';
import { parseFilter } from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { Placeholders } from '../../../../src/services/dynamodb/engine/expressions/placeholders.ts';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { readItem } from '../../../../src/services/dynamodb/engine/values/read-value.ts';
import { runsOf } from '../../../matrix.ts';
import { anyItem, anyValue } from '../values/any-value.ts';

/** Something of an expression: its text, and what it means by a reading of its own. */
interface Piece<T> {
  readonly text: string;
  readonly means: (world: World) => T;
}

interface World {
  readonly item: Readonly<Record<string, AttributeValue>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

type Found = AttributeValue | undefined;

const own = (holder: object, name: string): Found => Object.getOwnPropertyDescriptor(holder, name)?.value;

const path: fc.Arbitrary<Piece<Found>> = fc.oneof(
  fc
    .constantFrom('a', 'b', 'c', 'd')
    .map((name) => ({ text: name, means: ({ item }: World) => own(item, name) })),
  fc.constantFrom('a', 'b').map((name) => ({
    text: `${name}.c`,
    means: ({ item }: World) => {
      const value = own(item, name);
      return value && 'M' in value ? own(value.M, 'c') : undefined;
    },
  })),
  fc.constantFrom('a', 'b').map((name) => ({
    text: `${name}[1]`,
    means: ({ item }: World) => {
      const value = own(item, name);
      return value && 'L' in value ? value.L[1] : undefined;
    },
  })),
);

const constant: fc.Arbitrary<Piece<Found>> = fc
  .constantFrom(':v', ':w')
  .map((name) => ({ text: name, means: ({ values }: World) => own(values, name) }));

const operand = fc.oneof({ weight: 3, arbitrary: path }, constant);

/** Text that is the same exactly for equal values. */
function fingerprint(value: AttributeValue): string {
  const [[type, member] = ['']] = Object.entries(value);
  if (type === 'L') return `L[${member.map(fingerprint).join()}]`;
  if (type === 'M') {
    const members = Object.entries<AttributeValue>(member).map(
      ([name, inner]) => `${name}=${fingerprint(inner)}`,
    );
    return `M{${members.toSorted().join()}}`;
  }
  return Array.isArray(member) ? `${type}(${member.toSorted().join('|')})` : `${type}:${member}`;
}

const same = (a: Found, b: Found): boolean =>
  a !== undefined && b !== undefined && fingerprint(a) === fingerprint(b);

/** The order of two values, by bytes or exact fractions; NaN when they have none. */
function order(a: Found, b: Found): number {
  if (!a || !b) return Number.NaN;
  if ('S' in a && 'S' in b) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  // The numbers of these tests are exact in floating point, or far from each other.
  return 'N' in a && 'N' in b ? Number(a.N) - Number(b.N) : Number.NaN;
}

const ORDERS: Readonly<Record<string, (difference: number) => boolean>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

const primary: fc.Arbitrary<Piece<boolean>> = fc.oneof(
  fc.tuple(operand, operand).map(([a, b]) => ({
    text: `${a.text} = ${b.text}`,
    means: (world: World) => same(a.means(world), b.means(world)),
  })),
  fc.tuple(operand, operand).map(([a, b]) => ({
    text: `${a.text} <> ${b.text}`,
    means: (world: World) => !same(a.means(world), b.means(world)),
  })),
  fc.tuple(operand, fc.constantFrom(...Object.keys(ORDERS)), operand).map(([a, operator, b]) => ({
    text: `${a.text} ${operator} ${b.text}`,
    means: (world: World) => ORDERS[operator]?.(order(a.means(world), b.means(world))) ?? false,
  })),
  fc.tuple(path, operand, operand).map(([a, low, high]) => ({
    text: `${a.text} BETWEEN ${low.text} AND ${high.text}`,
    means: (world: World) =>
      order(a.means(world), low.means(world)) >= 0 && order(a.means(world), high.means(world)) <= 0,
  })),
  fc.tuple(operand, fc.array(operand, { minLength: 1, maxLength: 4 })).map(([a, list]) => ({
    text: `${a.text} IN (${list.map(({ text }) => text).join(', ')})`,
    means: (world: World) => list.some((member) => same(a.means(world), member.means(world))),
  })),
  path.map((a) => ({
    text: `attribute_exists(${a.text})`,
    means: (world: World) => a.means(world) !== undefined,
  })),
  path.map((a) => ({
    text: `attribute_not_exists(${a.text})`,
    means: (world: World) => a.means(world) === undefined,
  })),
  fc.tuple(path, path).map(([a, b]) => ({
    text: `contains(${a.text}, ${b.text})`,
    means: (world: World) => holds(a.means(world), b.means(world)),
  })),
);

function holds(holder: Found, part: Found): boolean {
  if (!holder || !part) return false;
  if ('L' in holder) return holder.L.some((member) => same(member, part));
  if ('SS' in holder && 'S' in part) return holder.SS.includes(part.S);
  if ('NS' in holder && 'N' in part) return holder.NS.includes(part.N);
  if ('BS' in holder && 'B' in part) return holder.BS.includes(part.B);
  if ('S' in holder && 'S' in part) return holder.S.includes(part.S);
  const hex = (value: { readonly B: string }) => Buffer.from(value.B, 'base64').toString('hex');
  if (!('B' in holder && 'B' in part)) return false;
  return (
    hex(holder)
      .match(/../g)
      ?.join(' ')
      .includes(hex(part).match(/../g)?.join(' ') ?? '') ?? hex(part) === ''
  );
}

const { condition } = fc.letrec<{ condition: Piece<boolean> }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    { weight: 2, arbitrary: primary },
    tie('condition').map((a) => ({ text: `NOT (${a.text})`, means: (world: World) => !a.means(world) })),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => ({
      text: `(${a.text}) AND (${b.text})`,
      means: (world: World) => a.means(world) && b.means(world),
    })),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => ({
      text: `(${a.text}) or (${b.text})`,
      means: (world: World) => a.means(world) || b.means(world),
    })),
  ),
}));

test('conditions mean what a naive reading of them means', () => {
  let evaluated = 0;
  fc.assert(
    fc.property(condition, anyItem, anyValue, anyValue, (piece, wireItem, v, w) => {
      const item = readItem(wireItem);
      const values = readItem({ ':v': v, ':w': w });
      let parsed: ReturnType<typeof parseFilter>;
      try {
        parsed = parseFilter(piece.text, new Placeholders({}, values));
      } catch (error) {
        // Equal operands and constants without an order are refused; other tests hold which.
        expect(String(error)).toMatch(/must be distinct|Incorrect operand type|BETWEEN operator requires/);
        return;
      }
      evaluated++;
      expect(evaluate(parsed, item)).toBe(piece.means({ item, values }));
    }),
    { numRuns: runsOf(3000) },
  );
  expect(evaluated).toBeGreaterThan(runsOf(500));
});
