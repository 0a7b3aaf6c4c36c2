import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOrderRequest } from '../../../src/orders/order-request.ts';
import { placesIn, replacedAt, type Steps } from './json-path.ts';
import { fullOrder, validOrder } from './valid-order.ts';

function issuesOf(input: unknown) {
  const parsed = parseOrderRequest(input);
  return parsed.ok ? [] : parsed.issues;
}

describe('an input that is not an object is one issue at the root', () => {
  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [[], 'a list of 0'],
    [[fullOrder()], 'a list of 1'],
    [JSON.stringify(fullOrder()), 'text of 399 characters'],
    ['', 'empty text'],
    [7, 'a number'],
    [true, 'a boolean'],
    ['x'.repeat(7_000_000), 'text of 7000000 characters'],
    [JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`), 'a list of 1'],
  ])('case %#', (input, found) => {
    expect(issuesOf(input)).toEqual([
      { path: '$', expected: 'an order: a JSON object, not text that holds one', found },
    ]);
  });
});

test('no JSON makes the parser throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, pick) => {
      const places = placesIn(fullOrder());
      parseOrderRequest(value);
      parseOrderRequest(replacedAt(fullOrder(), places[pick % places.length] ?? [], value));
    }),
  );
});

test('no issue repeats a value of the input', () => {
  fc.assert(
    fc.property(
      validOrder,
      fc.nat(),
      fc.constantFrom('long', 'list', 'field', 'text'),
      (order, pick, kind) => {
        const places = placesIn(order);
        const marker = 'MARKER-of-a-customer@example.com';
        const hostile = {
          long: marker.repeat(20),
          list: [marker, 918_273],
          field: { inner: marker },
          text: `${marker}\u0000`,
        }[kind];
        const issues = issuesOf(replacedAt(order, places[pick % places.length] ?? [], hostile));
        expect(issues.length).toBeGreaterThan(0);
        expect(JSON.stringify(issues)).not.toMatch(/MARKER|918273/);
      },
    ),
  );
});

describe('an unknown field is a fault at every level', () => {
  const objects: Steps[] = [[], ['customer'], ['snacks', 0], ['delivery'], ['delivery', 'address']];
  const names = ['coupon', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', '', ' '];
  test.each(objects.flatMap((steps) => names.map((name) => [steps, name] as const)))(
    '%j %j',
    (steps, name) => {
      const place = steps.reduce<unknown>((value, step) => Reflect.get(Object(value), step), fullOrder());
      const json = JSON.stringify(place).replace(/}$/, `,${JSON.stringify(name)}:{"quantity":1}}`);
      const issues = issuesOf(replacedAt(fullOrder(), steps, JSON.parse(json)));
      expect(issues).toMatchObject([{ expected: 'no such field', found: 'an object' }]);
    },
  );
});

test('a prototype in the input gives no field to the order', () => {
  const { delivery, ...rest } = fullOrder();
  const input = JSON.parse(
    `${JSON.stringify(rest).slice(0, -1)},"__proto__":${JSON.stringify({ delivery })}}`,
  );
  expect(issuesOf(input).map(({ path }) => path)).toEqual(['delivery', '__proto__']);
});

test('a flood of unknown fields is listed in part and counted in full', () => {
  const flood = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field${index}`, index]));
  const issues = issuesOf({ ...fullOrder(), ...flood });
  expect(issues).toHaveLength(21);
  expect(issues.at(-1)).toEqual({ path: '$', expected: 'no unknown fields', found: '99980 more of them' });
});

test('a flood of snacks is one issue and those of its first fifty', () => {
  const issues = issuesOf({ ...fullOrder(), snacks: Array.from({ length: 100_000 }, () => 'crisps') });
  expect(issues).toHaveLength(51);
  expect(issues.at(-1)).toEqual({ path: 'snacks', expected: 'a list of 1 to 50', found: 'a list of 100000' });
});

test('the name of an unknown field is quoted where it is odd, and cut where it is long', () => {
  const [odd, long] = issuesOf({ ...fullOrder(), 'a\n"b': 1, ['x'.repeat(1_000_000)]: 1 });
  expect(odd?.path).toBe('$["a\\n\\"b"]');
  expect(long?.path).toBe(`$["${'x'.repeat(64)}…"]`);
});

test('text made to trouble a pattern is refused or accepted like any other', () => {
  const order = fullOrder();
  const mailbox = `${'a.'.repeat(31)}a`;
  expect(
    issuesOf({ ...order, customer: { name: 'N', email: `${mailbox}@${'b-'.repeat(94)}` } }),
  ).toHaveLength(1);
  expect(issuesOf({ ...order, customer: { name: 'N', email: 'a'.repeat(7_000_000) } })).toHaveLength(1);
});

test('an order nested ten thousand levels deep in one field is refused at that field', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
  expect(issuesOf({ ...fullOrder(), customer: deep }).map(({ path }) => path)).toEqual([
    'customer.name',
    'customer.email',
    'customer.a',
  ]);
});
