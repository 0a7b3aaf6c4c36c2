import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { pathsChangedBy } from '../expressions/paths-of.ts';
import type { Path, Update } from '../expressions/syntax.ts';
import type { Table } from '../tables/table.ts';
import { type Item, newItem } from '../values/attribute-value.ts';
import { sizeOf } from '../values/size.ts';
import { checkIndexKeys } from './index-keys.ts';
import { allAttributes, checkItemKey, checkKey } from './item-key.ts';
import { type ItemRequest, MAX_ITEM_BYTES } from './read-item-request.ts';
import type { Write } from './writer.ts';

export interface PlannedWrite extends Write {
  /** Of an update. */
  readonly touchedPaths: readonly Path[];
}

const NOTHING: Item = newItem();

/**
 * Finds what a request does to the item that is there now. Throws ValidationException for what the table doesn't take,
 * ConditionalCheckFailedException when its condition doesn't hold.
 */
export function planWrite(table: Table, request: ItemRequest): PlannedWrite {
  checkAgainst(table, request);
  return planChecked(table, request);
}

/** The same for a request that was checked against the table. */
export function planChecked(table: Table, request: ItemRequest): PlannedWrite {
  const { kind, item, update } = request;
  const key = table.keyOf(item);
  const oldItem = table.items.get(key);
  checkCondition(request, oldItem);
  if (request.isInsert && oldItem) {
    throw new DynamoDbError('DuplicateItemException', 'Duplicate primary key exists in table');
  }
  if (kind === 'Put') return { table, key, oldItem, item, touchedPaths: [] };
  if (kind === 'Delete') return { table, key, oldItem, item: undefined, touchedPaths: [] };
  if (kind === 'ConditionCheck') return { table, key, oldItem, item: oldItem, touchedPaths: [] };
  if (!update) return { table, key, oldItem, item: oldItem ?? item, touchedPaths: [] };
  const { item: updated, touchedPaths } = applyUpdate(update, oldItem, item);
  if (updated) checkUpdated(table, updated, oldItem);
  return { table, key, oldItem, item: updated, touchedPaths };
}

/** Throws ValidationException for what the table takes of no item, whatever is there now. */
export function checkAgainst(table: Table, { kind, item, update }: ItemRequest): void {
  if (kind === 'Put') {
    checkItemKey(item, table.key);
    checkIndexKeys(item, table.indexes);
  } else checkKey(item, table.key);
  if (update) checkPaths(table, update);
}

function checkCondition({ condition, returnsItemOnFailure }: ItemRequest, oldItem: Item | undefined): void {
  if (!condition || evaluate(condition, oldItem ?? NOTHING)) return;
  throw new DynamoDbError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    returnsItemOnFailure && oldItem ? { Item: oldItem } : {},
  );
}

/** No update is of a part of a key, and no part of a key has parts. */
function checkPaths(table: Table, update: Update): void {
  const paths = pathsChangedBy(update);
  for (const { name } of allAttributes(table.key)) {
    const path = paths.find(([head]) => head === name);
    if (path && path.length > 1) throw keyIsScalar('Key', name);
    if (path) {
      throw validationError(
        `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
      );
    }
  }
  for (const index of table.indexes) {
    for (const { name } of allAttributes(index.key)) {
      if (paths.some(([head, ...below]) => head === name && below.length > 0))
        throw keyIsScalar('IndexKey', name);
    }
  }
}

export function keyIsScalar(kind: 'Key' | 'IndexKey', name: string): DynamoDbError {
  return validationError(
    `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${name}`,
  );
}

function checkUpdated(table: Table, item: Item, oldItem: Item | undefined): void {
  if (sizeOf(item) > MAX_ITEM_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  // An attribute that was there before an index came may stay as it is.
  const changed = newItem();
  for (const index of table.indexes) {
    for (const { name } of allAttributes(index.key)) {
      const value = item[name];
      if (value !== undefined && value !== oldItem?.[name]) changed[name] = value;
    }
  }
  checkIndexKeys(changed, table.indexes);
}
