import fc from 'fast-check';
import type { OrderRequest } from '../../../src/orders/order-request.ts';

const LETTERS = [...'abcXYZ019 -.,äßñ寿🥨'];

/** One line of `min` to `max` characters, each one code point; never blank. */
export function lineOf(min: number, max: number): fc.Arbitrary<string> {
  const rest = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: min - 1, maxLength: max - 1 });
  return rest.map((text) => `a${text}`);
}

const address = fc.record(
  {
    line1: lineOf(1, 100),
    line2: lineOf(1, 100),
    city: lineOf(1, 100),
    postcode: lineOf(1, 16),
    country: fc.constantFrom('DE', 'US', 'JP', 'AX', 'ZW'),
  },
  { requiredKeys: ['line1', 'city', 'postcode', 'country'] },
);

const notes = fc.string({ unit: fc.constantFrom(...LETTERS, '\n', '\t'), maxLength: 500 });

/** Every kind of order that is to be accepted. */
export const validOrder: fc.Arbitrary<OrderRequest> = fc.record(
  {
    customer: fc.record(
      {
        name: lineOf(1, 100),
        email: fc.constantFrom(
          'a@example.com',
          "o'neil+snacks@mail.example.org",
          'x.y@xn--bcher-kva.example',
        ),
        phone: fc.constantFrom('+15550100123', '+49301234567', '+12'),
      },
      { requiredKeys: ['name', 'email'] },
    ),
    snacks: fc.array(
      fc.record({
        sku: fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
        quantity: fc.integer({ min: 1, max: 100 }),
      }),
      { minLength: 1, maxLength: 50 },
    ),
    delivery: fc.oneof(
      fc.record(
        { method: fc.constantFrom('STANDARD' as const, 'EXPRESS' as const), address, notes },
        { requiredKeys: ['method', 'address'] },
      ),
      fc.record({ method: fc.constant('PICKUP' as const), address, notes }, { requiredKeys: ['method'] }),
    ),
    idempotencyKey: lineOf(16, 128),
  },
  { requiredKeys: ['customer', 'snacks', 'delivery'] },
);

/** An order with every field there is. */
export function fullOrder() {
  return {
    customer: { name: 'Nora Nibble', email: 'nora.nibble@example.com', phone: '+15550100123' },
    snacks: [
      { sku: 'pretzel-salted', quantity: 2 },
      { sku: 'popcorn', quantity: 1 },
    ],
    delivery: {
      method: 'STANDARD' as const,
      address: {
        line1: '1 Example Street',
        line2: 'Apartment 2',
        city: 'Exampleville',
        postcode: '12345',
        country: 'US',
      },
      notes: 'Ring twice',
    },
    idempotencyKey: '0b9f7f1e-5d0c-4c8e-9a53-2f6f0f0c1d11',
  };
}
