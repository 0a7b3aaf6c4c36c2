import { validationError } from '../dynamodb-error.ts';
import type { Members } from '../requests/members.ts';

/** API reference, "TransactWriteItems" and "TransactGetItems". */
const MAX_PARTS = 100;
/** Of all items of a transaction together. */
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

/** Reads the parts of a transaction, each of which has exactly one of the kinds. */
export function readParts<K extends string, T>(
  members: Members,
  className: string,
  kinds: readonly K[],
  read: (part: Members, kind: K) => T,
): T[] {
  members.require('TransactItems');
  const rules = { className, minLength: 1, maxLength: MAX_PARTS };
  const parts = members.structures('TransactItems', rules, (item) => {
    const [kind, ...more] = kinds.filter((name) => item.has(name));
    if (kind === undefined || more.length > 0) throw oneOf(kinds);
    return item.structure(kind, kind, (part) => read(part, kind));
  });
  return (parts ?? []).filter((part) => part !== undefined);
}

function oneOf(kinds: readonly string[]): Error {
  if (kinds.length === 1) return validationError('TransactItems can only contain one of Get');
  return validationError('TransactItems can only contain one of Check, Put, Update or Delete');
}

export const repeatedItem = () =>
  validationError('Transaction request cannot include multiple operations on one item');

export const tooLarge = () => validationError('Transaction payload size cannot exceed 4 MB');
