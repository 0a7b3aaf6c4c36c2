import type { KeyAttributes, KeyRange as KeyConditionRange, RangeTest } from '../expressions/key-range.ts';
import { encodedPartition, keyText } from '../items/item-key.ts';
import { AFTER_ALL, encodedKeyPart, encodedPrefix, type KeyType } from '../storage/key-encoding.ts';
import type { KeyRange } from '../storage/sorted-map.ts';
import type { AttributeValue } from '../values/attribute-value.ts';

export interface EncodedRange extends KeyRange {
  readonly from: string;
  readonly to: string;
}

/** The part of a table's or index's keys that a key condition is about. */
export function encodedRange({ hash, range }: KeyConditionRange, key: KeyAttributes): EncodedRange {
  let prefix = encodedPartition(key.hash.map(({ type }, at) => encoded(hash[at], type)).join(''));
  let bounds: EncodedRange = { from: prefix, to: prefix + AFTER_ALL };
  range.forEach((test, at) => {
    const type = key.range[at]?.type ?? 'S';
    bounds = boundsOf(test, type, prefix);
    if (test.operator === '=') prefix += encoded(test.values[0], type);
  });
  return bounds;
}

function boundsOf(
  { operator, values: [first, second] }: RangeTest,
  type: KeyType,
  prefix: string,
): EncodedRange {
  const value = prefix + (operator === 'begins_with' ? '' : encoded(first, type));
  const [start, end] = [prefix, prefix + AFTER_ALL];
  switch (operator) {
    case '=':
      return { from: value, to: value + AFTER_ALL };
    case '<':
      return { from: start, to: value };
    case '<=':
      return { from: start, to: value + AFTER_ALL };
    case '>':
      return { from: value + AFTER_ALL, to: end };
    case '>=':
      return { from: value, to: end };
    case 'between':
      return { from: value, to: prefix + encoded(second, type) + AFTER_ALL };
    case 'begins_with': {
      const beginning = prefix + (type === 'N' ? '' : encodedPrefix(type, text(first, type)));
      return { from: beginning, to: beginning + AFTER_ALL };
    }
  }
}

const encoded = (value: AttributeValue | undefined, type: KeyType): string =>
  encodedKeyPart(type, text(value, type));

/** The condition's values are of the key's types: `keyRange` refuses others. */
function text(value: AttributeValue | undefined, type: KeyType): string {
  return keyText(value, type) ?? '';
}
