type Issue = [path: string, expected: string, found: string];

const NAME = 'one line of 1 to 100 characters';
const NOTES = 'text of at most 500 characters';
const KEY = 'one line of 16 to 128 characters';
const SKU = '1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-"';
const QUANTITY = 'a whole number from 1 to 100';
const SNACKS = 'a list of 1 to 50';
const METHOD = 'STANDARD or EXPRESS or PICKUP';
const EMAIL = 'an e-mail address';
const PHONE = 'an E.164 phone number, such as +15550100';

/** The faults of each order that is refused, in the answer's own order. */
export const REFUSALS: Record<string, Issue[]> = {
  'order-invalid.json': [
    ['customer.name', NAME, 'empty text'],
    ['customer.email', EMAIL, 'text of another form'],
    ['customer.phone', PHONE, 'text of another form'],
    ['snacks[0].sku', SKU, 'text of another form'],
    ['snacks[0].quantity', QUANTITY, 'a number below 1'],
    ['delivery.method', METHOD, 'another text'],
    ['delivery.notes', NOTES, 'a number'],
    ['idempotencyKey', KEY, 'text of 9 characters'],
    ['coupon', 'no such field', 'text of 10 characters'],
  ],
  'order-invalid-address.json': [
    ['delivery.address.line1', NAME, 'text with a control character'],
    ['delivery.address.line2', NAME, 'empty text'],
    ['delivery.address.city', NAME, 'blank text'],
    ['delivery.address.postcode', 'one line of 1 to 16 characters', 'text of 18 characters'],
    ['delivery.address.country', 'a country of ISO 3166-1 alpha-2, such as DE', 'text of another form'],
  ],
  'order-invalid-characters.json': [
    ['customer.name', NAME, 'text with a control character'],
    ['delivery.notes', NOTES, 'text with half of a surrogate pair'],
  ],
  'order-invalid-customer.json': [
    ['customer.name', NAME, 'blank text'],
    ['customer.email', EMAIL, 'text of another form'],
    ['customer.phone', PHONE, 'text of another form'],
  ],
  'order-invalid-empty.json': [
    ['customer', 'an object', 'nothing'],
    ['snacks', SNACKS, 'nothing'],
    ['delivery', 'an object', 'nothing'],
  ],
  'order-invalid-key.json': [['idempotencyKey', KEY, 'text of 15 characters']],
  'order-invalid-long-text.json': [
    ['customer.name', NAME, 'text of 101 characters'],
    ['delivery.notes', NOTES, 'text of 501 characters'],
  ],
  // The first twenty by name, so that an answer can't be made as long as a caller likes.
  'order-invalid-many-unknown-fields.json': [
    ...Array.from({ length: 20 }, (_, at): Issue => [`field${at + 1}`, 'no such field', 'a number']),
    ['$', 'no unknown fields', '2 more of them'],
  ],
  'order-invalid-method.json': [['delivery.method', METHOD, 'another text']],
  'order-invalid-no-address.json': [['delivery.address', 'an address; only PICKUP needs none', 'nothing']],
  'order-invalid-no-snacks.json': [['snacks', SNACKS, 'a list of 0']],
  'order-invalid-snacks.json': [
    ['snacks[0].sku', SKU, 'text of another form'],
    ['snacks[0].quantity', QUANTITY, 'a number below 1'],
    ['snacks[1].sku', SKU, 'text of 65 characters'],
    ['snacks[1].quantity', QUANTITY, 'a number above 100'],
    ['snacks[2].sku', SKU, 'empty text'],
    ['snacks[2].quantity', QUANTITY, 'a number that is not whole'],
    ['snacks[3].quantity', QUANTITY, 'text of 1 character'],
  ],
  'order-invalid-text.json': [
    ['$', 'an order: a JSON object, not text that holds one', 'text of 73 characters'],
  ],
  'order-invalid-too-many-snacks.json': [['snacks', SNACKS, 'a list of 51']],
  'order-invalid-types.json': [
    ['customer', 'an object', 'null'],
    ['snacks', SNACKS, 'an object'],
    ['delivery', 'an object', 'a list of 1'],
    ['idempotencyKey', KEY, 'a number'],
  ],
  'order-invalid-unknown-fields.json': [
    ['customer.nickname', 'no such field', 'text of 3 characters'],
    ['snacks[0].price', 'no such field', 'a number'],
    ['delivery.address.floor', 'no such field', 'a number'],
    ['delivery.slot', 'no such field', 'text of 7 characters'],
    ['coupon', 'no such field', 'text of 10 characters'],
  ],
};
