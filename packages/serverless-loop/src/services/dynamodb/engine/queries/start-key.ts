import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { KeyAttribute } from '../expressions/key-range.ts';
import { allAttributes, checkKey, encodedKey, keyOf, keyText } from '../items/item-key.ts';
import type { Members } from '../requests/members.ts';
import type { Index } from '../tables/index-entries.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';

const PREFIX = 'The provided starting key is invalid';

/** Reads the key that a page starts after. What is wrong with a value is told of the key. */
export function readStartKey(members: Members): Item | undefined {
  if (!members.has('ExclusiveStartKey')) return undefined;
  try {
    return readItem(members.input.ExclusiveStartKey);
  } catch (error) {
    const isOfValue = error instanceof DynamoDbError && error.name === 'ValidationException';
    if (isOfValue && /^(?:One or more|Supplied)/.test(error.message)) {
      throw validationError(`${PREFIX}: ${error.message}`);
    }
    throw error;
  }
}

/** The attributes of which LastEvaluatedKey is made: of the table's key, then of the index's. */
export function startKeyAttributes(table: Table, index: Index | undefined): readonly KeyAttribute[] {
  const ofTable = allAttributes(table.key);
  const ofIndex = index ? allAttributes(index.key) : [];
  return [...ofTable, ...ofIndex.filter(({ name }) => !ofTable.some((known) => known.name === name))];
}

/** The key as the maps have it. Throws ValidationException for one that is no key of them. */
export function placeOfStartKey(startKey: Item, table: Table, index: Index | undefined): string {
  const attributes = startKeyAttributes(table, index);
  if (Object.keys(startKey).length !== attributes.length || attributes.some(({ name }) => !startKey[name])) {
    throw validationError(index ? PREFIX : `${PREFIX}: The provided key element does not match the schema`);
  }
  if (attributes.some(({ name, type }) => keyText(startKey[name], type) === undefined)) {
    throw validationError(`${PREFIX}: The provided key element does not match the schema`);
  }
  try {
    checkKey(keyOf(allAttributes(table.key), startKey), table.key);
  } catch (error) {
    throw error instanceof DynamoDbError ? validationError(`${PREFIX}: ${error.message}`) : error;
  }
  const place = index ? index.keyOf(startKey) : encodedKey(table.key, startKey);
  if (place === undefined) throw validationError(PREFIX);
  return place;
}
