/** An order with a text in each customer and delivery field that is like nothing else in the system. */
export const GOOD_ORDER = {
  customer: { name: 'Zq7name', email: 'Zq7mailbox@zq7host.example', phone: '+49777000777' },
  snacks: [{ sku: 'PRETZEL', quantity: 2 }],
  delivery: {
    method: 'STANDARD',
    address: {
      line1: 'Zq7line-one',
      line2: 'Zq7line-two',
      city: 'Zq7city',
      postcode: 'Zq7postcode',
      country: 'DE',
    },
    notes: 'Zq7notes',
  },
  idempotencyKey: '0123456789abcdef-zq',
};

/** All that is free text of the customer's; a method and a country are words of a list. */
export const MARKERS = [
  'Zq7name',
  'Zq7mailbox',
  'zq7host',
  '49777000777',
  'Zq7line-one',
  'Zq7line-two',
  'Zq7city',
  'Zq7postcode',
  'Zq7notes',
];

/** The markers, and what of bad orders no list can hold, that are found in a text. */
export function markersIn(text: string): string[] {
  const found = MARKERS.filter((marker) => text.includes(marker));
  return text.includes('Zq7bad') ? [...found, 'Zq7bad'] : found;
}

/** The key of the good order with another order. */
export const CONFLICTING_ORDER = { ...GOOD_ORDER, snacks: [{ sku: 'POPCORN', quantity: 1 }] };

const { customer, delivery } = GOOD_ORDER;
const { address } = delivery;

/** Each field wrong in turn, with a marker where it is wrong. */
export const BAD_ORDERS: unknown[] = [
  ...Object.keys(customer).map((field) => ({
    ...GOOD_ORDER,
    customer: { ...customer, [field]: tooLong('Zq7bad') },
  })),
  ...Object.keys(address).map((field) => ({
    ...GOOD_ORDER,
    delivery: { ...delivery, address: { ...address, [field]: tooLong('Zq7bad') } },
  })),
  ...['method', 'notes', 'address'].map((field) => ({
    ...GOOD_ORDER,
    delivery: { ...delivery, [field]: tooLong('Zq7bad') },
  })),
  { ...GOOD_ORDER, snacks: [{ sku: 'Zq7bad !', quantity: 'Zq7bad' }] },
  { ...GOOD_ORDER, idempotencyKey: 'Zq7bad' },
  'Zq7bad',
  ['Zq7bad'],
];

function tooLong(text: string): string {
  return text.repeat(100);
}
