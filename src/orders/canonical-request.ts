import type { OrderRequest } from './order-request.ts';
import { isFields } from './rule.ts';

/** What is asked for as one text: the same for the same order, however its fields are arranged. Without its key. */
export function canonicalText({ customer, snacks, delivery }: OrderRequest): string {
  return JSON.stringify({ customer, snacks, delivery }, (_name, value: unknown) =>
    isFields(value) ? Object.fromEntries(Object.entries(value).toSorted(byName)) : value,
  );
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
