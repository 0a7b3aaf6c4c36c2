import { askedFor } from './order.ts';
import { isFields } from './rule.ts';

/**
 * The content of a request, or of an order that was made of one, as one text: the same for the same request,
 * however its fields are arranged. All of it but the key, so that a field that is added later counts from its first day.
 */
export function canonicalText(order: object): string {
  const { idempotencyKey, ...request } = askedFor(order);
  return JSON.stringify(request, (_name, value: unknown) =>
    isFields(value) ? Object.fromEntries(Object.entries(value).toSorted(byName)) : value,
  );
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
