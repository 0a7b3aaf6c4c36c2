import { timestamp, uuid } from './forms.ts';
import { ORDER_STATUSES, type OrderSummary, type Summarised, summaryOf } from './order.ts';
import { deliveryMethod, MAX_QUANTITY, MAX_SNACKS } from './order-request.ts';
import { atLeast, listOf, parse, wholeNumber } from './rule.ts';
import { oneOf } from './text.ts';

// Only what is needed of an item, so that one whose customer has been erased can still be read.
const summarised = atLeast<Summarised>({
  orderId: uuid,
  status: oneOf(...ORDER_STATUSES),
  createdAt: timestamp,
  delivery: atLeast<Summarised['delivery']>({ method: deliveryMethod }),
  snacks: listOf(
    1,
    MAX_SNACKS,
    atLeast<Summarised['snacks'][number]>({ quantity: wholeNumber(1, MAX_QUANTITY) }),
  ),
});

/** The stored item is not an order. `paths` say where; what is there stays in the table. */
export class UnreadableOrder extends Error {
  override readonly name = 'UnreadableOrder';
  readonly orderId: string;
  readonly paths: string[];

  constructor(orderId: string, paths: string[]) {
    super(`The stored order ${orderId} cannot be read at ${paths.join(', ')}`);
    this.orderId = orderId;
    this.paths = paths;
  }
}

/** The summary of an item read from the orders table under `orderId`. Throws UnreadableOrder if it is no order. */
export function summaryOfStored(orderId: string, item: unknown): OrderSummary {
  const stored = parse(summarised, item);
  if (!stored.ok)
    throw new UnreadableOrder(
      orderId,
      stored.issues.map(({ path }) => path),
    );
  return summaryOf(stored.value);
}
