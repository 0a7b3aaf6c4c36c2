export const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** An order of a customer who does not exist. */
export function anOrder(more: Record<string, unknown> = {}) {
  return {
    customer: { name: 'Robin Example', email: 'robin@example.com', phone: '+4915112345678' },
    snacks: [
      { sku: 'SALTY.PRETZEL-01', quantity: 3 },
      { sku: 'choco_bar', quantity: 1 },
    ],
    delivery: {
      method: 'EXPRESS',
      address: { line1: '1 Example Street', city: 'Exampleton', postcode: '12345', country: 'DE' },
      notes: 'Ring twice',
    },
    ...more,
  };
}
