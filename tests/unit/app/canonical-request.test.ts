import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../src/orders/canonical-request.ts';
import { newOrder, processedChange } from '../../../src/orders/order.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
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

test('a field that nobody has thought of yet counts, at the top as anywhere', () => {
  const asked = { ...fullOrder(), giftMessage: 'Enjoy' };
  expect(canonicalText(asked)).not.toBe(canonicalText(fullOrder()));
  expect(canonicalText({ ...asked, giftMessage: 'Regards' })).not.toBe(canonicalText(asked));
});

test('what the system adds does not count: an order has the text of its request', () => {
  const order = newOrder(fullOrder(), orderIdFor(fullOrder(), ''), new Date(), 30);
  const change = processedChange(order, new Date());
  const processed = { ...order, status: change.status, processedAt: change.at, history: [change] };
  expect(canonicalText(processed)).toBe(canonicalText(fullOrder()));
});

function backwards(_name: string, value: unknown): unknown {
  return isFields(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value;
}
