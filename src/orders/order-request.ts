import { countryCode, emailAddress, phoneNumber, sku } from './forms.ts';
import { exactly, isFields, listOf, optional, type Parsed, parse, type Rule, wholeNumber } from './rule.ts';
import { line, lines, oneOf } from './text.ts';

/** A caller's request. Every length is in characters, which are Unicode code points. */
export interface OrderRequest {
  customer: Customer;
  snacks: Snack[];
  delivery: Delivery;
  /** Calls with the same key are the same order. */
  idempotencyKey?: string;
}

export interface Customer {
  name: string;
  email: string;
  phone?: string;
}

export interface Snack {
  sku: string;
  quantity: number;
}

export interface Delivery {
  method: DeliveryMethod;
  /** There unless the customer picks the order up. */
  address?: Address;
  notes?: string;
}

export type DeliveryMethod = 'STANDARD' | 'EXPRESS' | 'PICKUP';

export interface Address {
  line1: string;
  line2?: string;
  city: string;
  postcode: string;
  country: string;
}

export const MAX_SNACKS = 50;
export const MAX_QUANTITY = 100;

export const deliveryMethod: Rule<DeliveryMethod> = oneOf('STANDARD', 'EXPRESS', 'PICKUP');

const customer = exactly<Customer>({
  name: line(1, 100),
  email: emailAddress,
  phone: optional(phoneNumber),
});

const snack: Rule<Snack> = exactly<Snack>({ sku, quantity: wholeNumber(1, MAX_QUANTITY) });

const address = exactly<Address>(
  {
    line1: line(1, 100),
    line2: optional(line(1, 100)),
    city: line(1, 100),
    postcode: line(1, 16),
    country: countryCode,
  },
  'an address; only PICKUP needs none',
);

const toAnAddress = exactly<Delivery>({ method: deliveryMethod, address, notes: optional(lines(500)) });
const withoutAddress = exactly<Delivery>({
  method: deliveryMethod,
  address: optional(address),
  notes: optional(lines(500)),
});

const delivery: Rule<Delivery> = (value, path, issues): value is Delivery =>
  (needsAddress(value) ? toAnAddress : withoutAddress)(value, path, issues);

const orderRequest = exactly<OrderRequest>(
  {
    customer,
    snacks: listOf(1, MAX_SNACKS, snack),
    delivery,
    idempotencyKey: optional(line(16, 128)),
  },
  'an order: a JSON object, not text that holds one',
);

/** An order as it came from a caller: typed, or with everything that is wrong with it. Never throws. */
export function parseOrderRequest(input: unknown): Parsed<OrderRequest> {
  return parse(orderRequest, input);
}

function needsAddress(value: unknown): boolean {
  return isFields(value) && (value.method === 'STANDARD' || value.method === 'EXPRESS');
}
