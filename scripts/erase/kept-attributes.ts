import { keyedHashOf, requestHashOf } from '../../src/adapters/request-hash.ts';

/**
 * The attributes of an order that outlive its customer's data. What is not named here goes, so that an attribute that
 * is added later and forgotten here is erased rather than kept. The hash of the request goes too: it is made from the
 * customer's data, and could confirm a guess of it. In its place stays the keyed hash, by which the function tells a
 * repeat from another order under the same key.
 */
const KEPT = ['orderId', 'status', 'createdAt', 'processedAt', 'history', 'expiresAt', 'keyedHash'];
const KEPT_OF_DELIVERY = ['method'];
const KEPT_OF_SNACK = ['sku', 'quantity'];

type Item = Record<string, unknown>;

/** The change of an item that leaves nothing of the customer's in it. */
export interface Erasure {
  /** Attributes to remove. */
  remove: string[];
  /** Attributes to set to what is kept of them. */
  set: Item;
  /** Tells a repeat afterwards, where the order has a key. */
  add: { keyedHash?: string };
}

/** The erasure of an item; empty when there is nothing left to erase. */
export function erasureOf(item: Item): Erasure {
  const kept: Item = {};
  if (isFields(item.delivery)) kept.delivery = only(KEPT_OF_DELIVERY, item.delivery);
  if (Array.isArray(item.snacks))
    kept.snacks = item.snacks.filter(isFields).map((snack) => only(KEPT_OF_SNACK, snack));
  return {
    remove: Object.keys(item).filter((name) => !KEPT.includes(name) && !Object.hasOwn(kept, name)),
    set: Object.fromEntries(
      Object.entries(kept).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(item[name])),
    ),
    add: keyedHash(item),
  };
}

function keyedHash(item: Item): Erasure['add'] {
  const { idempotencyKey, requestHash } = item;
  if (typeof idempotencyKey !== 'string') return {};
  // An order of before there were hashes has its request still.
  return { keyedHash: keyedHashOf(idempotencyKey, String(requestHash ?? requestHashOf(item))) };
}

function only(names: string[], fields: Item): Item {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

function isFields(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
