import type { AttributeValue, Item } from '../values/attribute-value.ts';
import type { Path } from './syntax.ts';

/** The value that stands at a path of an item, or undefined when there is none. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value = item[path[0]];
  for (let index = 1; index < path.length && value !== undefined; index++) {
    const part = path[index];
    value = part === undefined ? undefined : memberOf(value, part);
  }
  return value;
}

/** The member of a map by its name or of a list by its index; undefined when the value has none such. */
export function memberOf(value: AttributeValue, part: string | number): AttributeValue | undefined {
  if (typeof part === 'number') return 'L' in value ? value.L[part] : undefined;
  return 'M' in value ? value.M[part] : undefined;
}
