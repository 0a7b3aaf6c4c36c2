import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { bytesOf, compare, equal } from '../values/compare.ts';
import { base64Length } from '../values/size.ts';
import { valueAt } from './resolve-path.ts';
import type { Comparator, Condition, Operand } from './syntax.ts';

/**
 * Tells whether an item meets a condition or filter; an item that doesn't exist is the empty item. It never throws:
 * what an expression may not say was refused when it was parsed, and what an item lacks is simply unequal.
 */
export function evaluate(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((inner) => evaluate(inner, item));
    case 'or':
      return condition.conditions.some((inner) => evaluate(inner, item));
    case 'not':
      return !evaluate(condition.condition, item);
    case 'compare':
      return compares(condition.operator, read(condition.left, item), read(condition.right, item));
    case 'between': {
      const value = read(condition.operand, item);
      return (
        compares('>=', value, read(condition.low, item)) && compares('<=', value, read(condition.high, item))
      );
    }
    case 'in': {
      const value = read(condition.operand, item);
      return condition.list.some((operand) => compares('=', value, read(operand, item)));
    }
    case 'exists':
      return valueAt(item, condition.path) !== undefined;
    case 'not_exists':
      return valueAt(item, condition.path) === undefined;
    case 'attribute_type':
      return hasType(read(condition.operand, item), read(condition.type, item));
    case 'begins_with':
      return beginsWith(read(condition.operand, item), read(condition.search, item));
    case 'contains':
      return contains(read(condition.operand, item), read(condition.search, item));
  }
}

function read(operand: Operand, item: Item): AttributeValue | undefined {
  switch (operand.kind) {
    case 'path':
      return valueAt(item, operand.path);
    case 'value':
      return operand.value;
    case 'size':
      return sizeValue(read(operand.of, item));
  }
}

/** `size` counts a string's UTF-8 bytes, a binary's bytes, and the members of everything else that has any. */
function sizeValue(value: AttributeValue | undefined): AttributeValue | undefined {
  const size = value && countOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function countOf(value: AttributeValue): number | undefined {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('B' in value) return base64Length(value.B);
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  return 'BS' in value ? value.BS.length : undefined;
}

function compares(
  operator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (left === undefined || right === undefined) return operator === '<>';
  if (operator === '=') return equal(left, right);
  if (operator === '<>') return !equal(left, right);
  const order = compare(left, right);
  if (order === undefined) return false;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function hasType(value: AttributeValue | undefined, type: AttributeValue | undefined): boolean {
  return value !== undefined && type !== undefined && 'S' in type && type.S in value;
}

function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  if (value === undefined || prefix === undefined) return false;
  if ('S' in value) return 'S' in prefix && value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const start = bytesOf(prefix.B);
  return bytesOf(value.B).subarray(0, start.length).equals(start);
}

/** True when a string or binary holds another as a part, a set or list one as a member. */
function contains(value: AttributeValue | undefined, search: AttributeValue | undefined): boolean {
  if (value === undefined || search === undefined) return false;
  if ('L' in value) return value.L.some((member) => equal(member, search));
  if ('S' in search)
    return 'S' in value ? value.S.includes(search.S) : 'SS' in value && value.SS.includes(search.S);
  if ('N' in search) return 'NS' in value && value.NS.includes(search.N);
  if (!('B' in search)) return false;
  return 'B' in value
    ? bytesOf(value.B).includes(bytesOf(search.B))
    : 'BS' in value && value.BS.includes(search.B);
}
