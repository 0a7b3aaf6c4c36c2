import { validationError } from '../dynamodb-error.ts';
import type { KeyAttribute, KeyAttributes } from '../expressions/key-range.ts';
import { encodedKeyPart } from '../storage/key-encoding.ts';
import { hashPrefix, partitionHash } from '../storage/partition-hash.ts';
import { type AttributeValue, type Item, newItem, typeOf } from '../values/attribute-value.ts';
import { base64Length } from '../values/size.ts';

const MAX_HASH_KEY_BYTES = 2048;
const MAX_RANGE_KEY_BYTES = 1024;

export const allAttributes = ({ hash, range }: KeyAttributes): readonly KeyAttribute[] => [...hash, ...range];

/** The item's key as the maps of a table or an index have it; undefined when the item lacks a part of it. */
export function encodedKey(key: KeyAttributes, item: Item): string | undefined {
  const hash = encodedParts(key.hash, item);
  const range = encodedParts(key.range, item);
  return hash === undefined || range === undefined ? undefined : encodedPartition(hash) + range;
}

/** The beginning of all keys of a partition. */
export const encodedPartition = (encodedHash: string): string =>
  hashPrefix(partitionHash(encodedHash)) + encodedHash;

export function encodedParts(attributes: readonly KeyAttribute[], item: Item): string | undefined {
  let encoded = '';
  for (const { name, type } of attributes) {
    const text = keyText(item[name], type);
    if (text === undefined) return undefined;
    encoded += encodedKeyPart(type, text);
  }
  return encoded;
}

/** The value's text when it is of the key's type. */
export function keyText(value: AttributeValue | undefined, type: KeyAttribute['type']): string | undefined {
  if (value === undefined) return undefined;
  if ('S' in value) return type === 'S' ? value.S : undefined;
  if ('N' in value) return type === 'N' ? value.N : undefined;
  return 'B' in value && type === 'B' ? value.B : undefined;
}

/** The attributes of a key, alone. */
export function keyOf(attributes: readonly KeyAttribute[], item: Item): Item {
  const key = newItem();
  for (const { name } of attributes) {
    const value = item[name];
    if (value !== undefined) key[name] = value;
  }
  return key;
}

/** Refuses what is not the key of an item of the table: other attributes, other types, empty or too long. */
export function checkKey(key: Item, { hash, range }: KeyAttributes): void {
  if (Object.keys(key).length !== hash.length + range.length) throw otherSchema();
  for (const { name, type } of [...hash, ...range]) {
    if (keyText(key[name], type) === undefined) throw otherSchema();
  }
  checkKeyValues(key, { hash, range });
}

/** Refuses an item without a key of the table's schema. */
export function checkItemKey(item: Item, key: KeyAttributes): void {
  for (const { name, type } of [...key.hash, ...key.range]) {
    const value = item[name];
    if (value === undefined) throw invalid(`Missing the key ${name} in the item`);
    if (keyText(value, type) === undefined) {
      throw invalid(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
  }
  checkKeyValues(item, key);
}

function checkKeyValues(item: Item, { hash, range }: KeyAttributes): void {
  for (const { name, type } of [...hash, ...range]) {
    if (type === 'N' || keyText(item[name], type) !== '') continue;
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${typeName(type)} value. Key: ${name}`,
    );
  }
  checkKeySizes(item, { hash, range });
}

/** Each hash attribute has its limit, the range attributes have one together. */
export function checkKeySizes(item: Item, key: KeyAttributes): void {
  if (isHashTooLong(item, key)) {
    throw invalid('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (isRangeTooLong(item, key)) {
    throw invalid('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
}

/** True when an index can have the item: neither empty nor too long, where it has the index's attributes at all. */
export function isIndexable(item: Item, { hash, range }: KeyAttributes): boolean {
  const isEmpty = [...hash, ...range].some(({ name, type }) => keyText(item[name], type) === '');
  return !isEmpty && !isTooLong(item, { hash, range });
}

function isTooLong(item: Item, key: KeyAttributes): boolean {
  return isHashTooLong(item, key) || isRangeTooLong(item, key);
}

const isHashTooLong = (item: Item, { hash }: KeyAttributes): boolean =>
  hash.some((attribute) => sizeOf(item, attribute) > MAX_HASH_KEY_BYTES);

const isRangeTooLong = (item: Item, { range }: KeyAttributes): boolean =>
  range.reduce((sum, attribute) => sum + sizeOf(item, attribute), 0) > MAX_RANGE_KEY_BYTES;

function sizeOf(item: Item, { name, type }: KeyAttribute): number {
  const text = keyText(item[name], type);
  if (text === undefined || type === 'N') return 0;
  return type === 'B' ? base64Length(text) : Buffer.byteLength(text);
}

export const typeName = (type: 'S' | 'B'): string => (type === 'S' ? 'string' : 'binary');

const otherSchema = () => validationError('The provided key element does not match the schema');

const invalid = (message: string) => validationError(`One or more parameter values were invalid: ${message}`);
