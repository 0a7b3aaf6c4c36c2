import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../src/orders/canonical-request.ts';
import { isFields } from '../../../src/orders/rule.ts';
import { fullOrder, validOrder } from './valid-order.ts';

test('the order of fields makes no difference, at any depth', () => {
  fc.assert(
    fc.property(validOrder, (order) => {
      expect(canonicalText(JSON.parse(JSON.stringify(order, backwards)))).toBe(canonicalText(order));
    }),
  );
});

test('two orders have one text only if all of them but the key is equal', () => {
  const same = ({ idempotencyKey, ...order }: ReturnType<typeof fullOrder>) => order;
  const { customer, snacks, delivery } = fullOrder();
  const others = [
    { ...fullOrder(), customer: { ...customer, phone: '+15550100124' } },
    { ...fullOrder(), snacks: snacks.toReversed() },
    { ...fullOrder(), snacks: snacks.slice(1) },
    { ...fullOrder(), delivery: { ...delivery, notes: '' } },
    { ...fullOrder(), delivery: { ...delivery, address: { ...delivery.address, line2: 'Apartment 3' } } },
  ];
  for (const other of others) expect(canonicalText(other)).not.toBe(canonicalText(fullOrder()));
  expect(canonicalText(same(fullOrder()))).toBe(canonicalText(fullOrder()));
});

function backwards(_name: string, value: unknown): unknown {
  return isFields(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value;
}
