import { validationError } from '../dynamodb-error.ts';
import type { Index } from '../tables/index-entries.ts';
import { type Item, typeOf } from '../values/attribute-value.ts';
import { allAttributes, checkKeySizes, keyText, typeName } from './item-key.ts';

/** Refuses an item that an index could not hold: its keys may be absent, but not of another type, empty or too long. */
export function checkIndexKeys(item: Item, indexes: Iterable<Index>): void {
  for (const index of indexes) {
    for (const { name, type } of allAttributes(index.key)) {
      const value = item[name];
      if (value === undefined) continue;
      const text = keyText(value, type);
      if (text === undefined) {
        throw validationError(
          `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      }
      if (text === '' && type !== 'N') {
        throw validationError(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${typeName(type)} value. IndexName: ${index.name}, IndexKey: ${name}`,
        );
      }
    }
    checkKeySizes(item, index.key);
  }
}
