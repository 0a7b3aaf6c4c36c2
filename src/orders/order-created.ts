import { timestamp, uuid, version } from './forms.ts';
import type { Issue } from './issue.ts';
import type { OrderSummary } from './order.ts';
import { deliveryMethod, MAX_QUANTITY, MAX_SNACKS } from './order-request.ts';
import { atLeast, parse, type Rule, wholeNumber } from './rule.ts';
import { line, oneOf } from './text.ts';

export const SOURCE = 'serverless-snacks.orders';
export const DETAIL_TYPE = 'Order Created';
/** Changes when a field is taken away or changes its meaning. A new field changes nothing: readers leave it alone. */
export const SCHEMA_VERSION = '1';

/** The detail of the event. It has nothing of the customer's. */
export interface OrderCreated extends Omit<OrderSummary, 'status'> {
  metadata: Metadata;
}

interface Metadata {
  schemaVersion: string;
  /** The request id of the invocation that published the event. */
  correlationId: string;
}

interface Delivered<Detail> {
  source: typeof SOURCE;
  'detail-type': typeof DETAIL_TYPE;
  detail: Detail;
}

const versioned = delivered(
  atLeast<Pick<OrderCreated, 'metadata'>>({
    metadata: atLeast<Metadata>({ schemaVersion: version, correlationId: line(1, 128) }),
  }),
);

const orderCreatedEvent = delivered(
  atLeast<OrderCreated>({
    metadata: atLeast<Metadata>({ schemaVersion: oneOf(SCHEMA_VERSION), correlationId: line(1, 128) }),
    orderId: uuid,
    createdAt: timestamp,
    deliveryMethod,
    snackCount: wholeNumber(1, MAX_SNACKS),
    totalQuantity: wholeNumber(1, MAX_SNACKS * MAX_QUANTITY),
  }),
);

/** The event is of a schema that this code does not know. */
export class UnknownSchemaVersion extends Error {
  override readonly name = 'UnknownSchemaVersion';
  readonly schemaVersion: string;

  constructor(schemaVersion: string) {
    super(`${DETAIL_TYPE} of schema version ${schemaVersion}; version ${SCHEMA_VERSION} is understood`);
    this.schemaVersion = schemaVersion;
  }
}

/** The event is not an Order Created event, or not a whole one. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
  readonly issues: Issue[];

  constructor(issues: Issue[]) {
    const reasons = issues.map(
      ({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`,
    );
    super(`Not an ${DETAIL_TYPE} event: ${reasons.join('; ')}`);
    this.issues = issues;
  }
}

/** The detail that tells of `order`, published by the invocation `correlationId`. */
export function orderCreated(order: OrderSummary, correlationId: string): OrderCreated {
  return {
    metadata: { schemaVersion: SCHEMA_VERSION, correlationId },
    orderId: order.orderId,
    createdAt: order.createdAt,
    deliveryMethod: order.deliveryMethod,
    snackCount: order.snackCount,
    totalQuantity: order.totalQuantity,
  };
}

/** The detail of an event as EventBridge delivers it. Throws UnknownSchemaVersion or ForeignEvent. */
export function parseOrderCreated(event: unknown): OrderCreated {
  const envelope = parse(versioned, event);
  if (!envelope.ok) throw new ForeignEvent(envelope.issues);
  const { schemaVersion } = envelope.value.detail.metadata;
  if (schemaVersion !== SCHEMA_VERSION) throw new UnknownSchemaVersion(schemaVersion);
  const whole = parse(orderCreatedEvent, event);
  if (!whole.ok) throw new ForeignEvent(whole.issues);
  return whole.value.detail;
}

function delivered<Detail>(detail: Rule<Detail>): Rule<Delivered<Detail>> {
  return atLeast<Delivered<Detail>>({ source: oneOf(SOURCE), 'detail-type': oneOf(DETAIL_TYPE), detail });
}
