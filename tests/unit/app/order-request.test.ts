import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOrderRequest } from '../../../src/orders/order-request.ts';
import { pathOf, placesIn, replacedAt, type Steps, withoutFieldAt } from './json-path.ts';
import { fullOrder, validOrder } from './valid-order.ts';

function issuesOf(input: unknown) {
  const parsed = parseOrderRequest(input);
  return parsed.ok ? [] : parsed.issues;
}

function issuesWith(steps: Steps, value: unknown) {
  return issuesOf(replacedAt(fullOrder(), steps, value));
}

test('every valid order parses to itself', () => {
  fc.assert(
    fc.property(validOrder, (order) => {
      expect(parseOrderRequest(order)).toStrictEqual({ ok: true, value: order });
    }),
  );
});

test('one place replaced by a value of a wrong type is refused there, and only there', () => {
  fc.assert(
    fc.property(validOrder, fc.nat(), fc.constantFrom(null, true, 1.5, -1), (order, pick, wrong) => {
      const places = placesIn(order);
      const steps = places[pick % places.length] ?? [];
      expect(issuesOf(replacedAt(order, steps, wrong)).map(({ path }) => path)).toEqual([pathOf(steps)]);
    }),
  );
});

test('one required field left out is refused there, and only there', () => {
  const optional = ['phone', 'line2', 'notes', 'idempotencyKey'];
  const required = placesIn(fullOrder()).filter((steps) => {
    const last = steps.at(-1);
    return typeof last === 'string' && !optional.includes(last);
  });
  expect(required).toHaveLength(15);
  for (const steps of required) {
    expect(issuesOf(withoutFieldAt(fullOrder(), steps))).toMatchObject([
      { path: pathOf(steps), found: 'nothing' },
    ]);
  }
});

test('optional fields may be left out', () => {
  for (const steps of [
    ['customer', 'phone'],
    ['delivery', 'address', 'line2'],
    ['delivery', 'notes'],
    ['idempotencyKey'],
  ]) {
    expect(issuesOf(withoutFieldAt(fullOrder(), steps))).toEqual([]);
  }
});

describe('one value out of its limits is refused where it is', () => {
  const long = (length: number) => 'x'.repeat(length);
  test.each<[Steps, unknown, string]>([
    [['customer', 'name'], '', 'empty text'],
    [['customer', 'name'], '   ', 'blank text'],
    [['customer', 'name'], long(101), 'text of 101 characters'],
    [['customer', 'name'], '🥨'.repeat(101), 'text of 101 characters'],
    [['customer', 'name'], 'Nora\u0000Nibble', 'text with a control character'],
    [['customer', 'name'], 'Nora\nNibble', 'text with a control character'],
    [['customer', 'name'], 'Nora\u2028Nibble', 'text with a control character'],
    [['customer', 'name'], 'Nora \ud83e', 'text with half of a surrogate pair'],
    [['customer', 'email'], '', 'empty text'],
    [['customer', 'email'], 'nora', 'text of another form'],
    [['customer', 'email'], '@example.com', 'text of another form'],
    [['customer', 'email'], 'nora@', 'text of another form'],
    [['customer', 'email'], 'nora@localhost', 'text of another form'],
    [['customer', 'email'], 'no ra@example.com', 'text of another form'],
    [['customer', 'email'], 'nora..nibble@example.com', 'text of another form'],
    [['customer', 'email'], '.nora@example.com', 'text of another form'],
    [['customer', 'email'], 'nora@example..com', 'text of another form'],
    [['customer', 'email'], 'nora@-example.com', 'text of another form'],
    [['customer', 'email'], 'nora@example.com\n', 'text of another form'],
    [['customer', 'email'], 'a@b@example.com', 'text of another form'],
    [['customer', 'email'], `${long(65)}@example.com`, 'text of another form'],
    [['customer', 'email'], `a@${long(64)}.com`, 'text of another form'],
    [['customer', 'email'], `a@${`${long(60)}.`.repeat(5)}com`, 'text of 310 characters'],
    [['customer', 'phone'], '015550100', 'text of another form'],
    [['customer', 'phone'], '+05550100', 'text of another form'],
    [['customer', 'phone'], '+1 555 0100', 'text of another form'],
    [['customer', 'phone'], '+1234567890123456', 'text of 17 characters'],
    [['snacks'], [], 'a list of 0'],
    [['snacks', 0, 'sku'], '', 'empty text'],
    [['snacks', 0, 'sku'], long(65), 'text of 65 characters'],
    [['snacks', 1, 'sku'], 'salty snack', 'text of another form'],
    [['snacks', 1, 'sku'], 'brezel-süß', 'text of another form'],
    [['snacks', 1, 'quantity'], 0, 'a number below 1'],
    [['snacks', 1, 'quantity'], 101, 'a number above 100'],
    [['snacks', 1, 'quantity'], 1.5, 'a number that is not whole'],
    [['snacks', 1, 'quantity'], '2', 'text of 1 character'],
    [['delivery', 'method'], 'standard', 'another text'],
    [['delivery', 'method'], 'DRONE', 'another text'],
    [['delivery', 'address', 'line1'], '', 'empty text'],
    [['delivery', 'address', 'line2'], '', 'empty text'],
    [['delivery', 'address', 'city'], long(101), 'text of 101 characters'],
    [['delivery', 'address', 'postcode'], long(17), 'text of 17 characters'],
    [['delivery', 'address', 'country'], 'XX', 'text of another form'],
    [['delivery', 'address', 'country'], 'us', 'text of another form'],
    [['delivery', 'address', 'country'], 'USA', 'text of 3 characters'],
    [['delivery', 'notes'], long(501), 'text of 501 characters'],
    [['delivery', 'notes'], 'bell\u0007', 'text with a control character'],
    [['idempotencyKey'], long(15), 'text of 15 characters'],
    [['idempotencyKey'], long(129), 'text of 129 characters'],
  ])('%j = %j: %s', (steps, value, found) => {
    expect(issuesWith(steps, value)).toMatchObject([{ path: pathOf(steps), found }]);
  });
});

describe('a value at its limit is accepted', () => {
  test.each<[Steps, unknown]>([
    [['customer', 'name'], '🥨'.repeat(100)],
    [['customer', 'name'], 'X'],
    [['customer', 'email'], `${'x'.repeat(64)}@${'y'.repeat(63)}.example`],
    [['customer', 'phone'], '+123456789012345'],
    [['snacks', 0, 'sku'], 'x'.repeat(64)],
    [['snacks'], Array.from({ length: 50 }, () => ({ sku: 'x', quantity: 100 }))],
    [['delivery', 'notes'], ''],
    [['delivery', 'notes'], '\t\n'.repeat(250)],
    [['idempotencyKey'], 'x'.repeat(16)],
    [['idempotencyKey'], 'x'.repeat(128)],
  ])('%j', (steps, value) => {
    expect(issuesWith(steps, value)).toEqual([]);
  });
});

test('a pickup needs no address, but one that is there must be right', () => {
  expect(issuesWith(['delivery'], { method: 'PICKUP' })).toEqual([]);
  expect(issuesWith(['delivery'], { method: 'PICKUP', address: {} })).toHaveLength(4);
});

test('every fault of an order is told at once', () => {
  const order = {
    customer: { name: '', email: 'x', phone: 1, nickname: 'N' },
    snacks: [{ sku: '!', quantity: 0, price: 1 }, 'crisps'],
    delivery: { method: 'EXPRESS', notes: false },
    idempotencyKey: null,
    total: 12,
  };
  expect(issuesOf(order).map(({ path }) => path)).toEqual([
    'customer.name',
    'customer.email',
    'customer.phone',
    'customer.nickname',
    'snacks[0].sku',
    'snacks[0].quantity',
    'snacks[0].price',
    'snacks[1]',
    'delivery.address',
    'delivery.notes',
    'idempotencyKey',
    'total',
  ]);
});
