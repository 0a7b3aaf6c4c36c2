import { validationError } from '../dynamodb-error.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import { addNumbers } from '../values/numbers.ts';

/** The refusal of a value of another type than what is there. */
export type Mismatch = () => Error;

export const operandMismatch: Mismatch = () =>
  validationError('An operand in the update expression has an incorrect data type');

/** In AttributeUpdates (mhart/dynalite, test/updateItem.js, recorded). */
export const attributeMismatch: Mismatch = () => validationError('Type mismatch for attribute to update');

/** ADD: a number is summed, a set united; AttributeUpdates may also append a list to a list. */
export function addedTo(
  old: AttributeValue | undefined,
  added: AttributeValue,
  mismatch: Mismatch,
): AttributeValue {
  if (old === undefined) return added;
  if ('N' in old && 'N' in added) return { N: addNumbers(old.N, added.N) };
  if ('SS' in old && 'SS' in added) return { SS: union(old.SS, added.SS) };
  if ('NS' in old && 'NS' in added) return { NS: union(old.NS, added.NS) };
  if ('BS' in old && 'BS' in added) return { BS: union(old.BS, added.BS) };
  if ('L' in old && 'L' in added) return { L: [...old.L, ...added.L] };
  throw mismatch();
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

/** DELETE: takes members from a set; a set that has none left is gone. */
export function deletedFrom(
  old: AttributeValue | undefined,
  deleted: AttributeValue,
  mismatch: Mismatch,
): AttributeValue | undefined {
  if (old === undefined) return undefined;
  if ('SS' in old && 'SS' in deleted) return setOf('SS', without(old.SS, deleted.SS));
  if ('NS' in old && 'NS' in deleted) return setOf('NS', without(old.NS, deleted.NS));
  if ('BS' in old && 'BS' in deleted) return setOf('BS', without(old.BS, deleted.BS));
  throw mismatch();
}

function setOf(type: 'SS' | 'NS' | 'BS', members: readonly string[]): AttributeValue | undefined {
  if (members.length === 0) return undefined;
  if (type === 'SS') return { SS: members };
  return type === 'NS' ? { NS: members } : { BS: members };
}

function without(members: readonly string[], deleted: readonly string[]): string[] {
  const gone = new Set(deleted);
  return members.filter((member) => !gone.has(member));
}
