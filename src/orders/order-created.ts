import { timestamp, uuid, version } from './forms.ts';
import type { Issue } from './issue.ts';
import type { OrderSummary } from './order.ts';
import { deliveryMethod, MAX_QUANTITY, MAX_SNACKS } from './order-request.ts';
import { atLeast, parse, type Rule, wholeNumber } from './rule.ts';
import { form, oneOf } from './text.ts';

export const SOURCE = 'serverless-snacks.orders';
export const DETAIL_TYPE = 'Order Created';
/** docs/events.md says when it changes, and how. A test holds this file against the schema of this version in schemas/. */
export const SCHEMA_VERSION = '1';

const correlationId = form('1 to 128 characters of ASCII, no blanks', 128, (text) => /^[!-~]+$/.test(text));

// Other fields are left alone: a newer creator may add them.
const orderCreatedDetail = atLeast({
  metadata: atLeast({ schemaVersion: oneOf(SCHEMA_VERSION), correlationId }),
  orderId: uuid,
  createdAt: timestamp,
  deliveryMethod,
  snackCount: wholeNumber(1, MAX_SNACKS),
  totalQuantity: wholeNumber(1, MAX_SNACKS * MAX_QUANTITY),
});

const versionedDetail = atLeast({ metadata: atLeast({ schemaVersion: version, correlationId }) });

/** The detail of the event. It has nothing of the customer's. */
export type OrderCreated = typeof orderCreatedDetail extends Rule<infer Detail> ? Detail : never;

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
  const { schemaVersion } = detailOf(event, versionedDetail).metadata;
  if (schemaVersion !== SCHEMA_VERSION) throw new UnknownSchemaVersion(schemaVersion);
  return detailOf(event, orderCreatedDetail);
}

function detailOf<Detail>(event: unknown, detail: Rule<Detail>): Detail {
  const delivered = parse(
    atLeast({ source: oneOf(SOURCE), 'detail-type': oneOf(DETAIL_TYPE), detail }),
    event,
  );
  if (!delivered.ok) throw new ForeignEvent(delivered.issues);
  return delivered.value.detail;
}
