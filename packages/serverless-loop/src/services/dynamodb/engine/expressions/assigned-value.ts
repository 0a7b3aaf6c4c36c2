import { validationError } from '../dynamodb-error.ts';
import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { addNumbers, subtractNumbers } from '../values/numbers.ts';
import { valueAt } from './resolve-path.ts';
import type { Assigned } from './syntax.ts';

const missing = () =>
  validationError('The provided expression refers to an attribute that does not exist in the item');
const wrongType = () => validationError('An operand in the update expression has an incorrect data type');

/** The value that a SET assigns, read from the item before the update. Throws as `applyUpdate` does. */
export function assignedValue(assigned: Assigned, item: Item): AttributeValue {
  switch (assigned.kind) {
    case 'value':
      return assigned.value;
    case 'path': {
      const value = valueAt(item, assigned.path);
      if (value === undefined) throw missing();
      return value;
    }
    case 'if_not_exists':
      return valueAt(item, assigned.path) ?? assignedValue(assigned.otherwise, item);
    case 'list_append':
      return appended(assignedValue(assigned.left, item), assignedValue(assigned.right, item));
    case 'plus':
      return calculated(addNumbers, assignedValue(assigned.left, item), assignedValue(assigned.right, item));
    case 'minus':
      return calculated(
        subtractNumbers,
        assignedValue(assigned.left, item),
        assignedValue(assigned.right, item),
      );
  }
}

function appended(left: AttributeValue, right: AttributeValue): AttributeValue {
  if (!('L' in left && 'L' in right)) throw wrongType();
  return { L: [...left.L, ...right.L] };
}

function calculated(
  operation: (a: string, b: string) => string,
  left: AttributeValue,
  right: AttributeValue,
): AttributeValue {
  if (!('N' in left && 'N' in right)) throw wrongType();
  return { N: operation(left.N, right.N) };
}
