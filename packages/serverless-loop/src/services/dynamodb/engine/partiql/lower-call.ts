import { validationError } from '../dynamodb-error.ts';
import type { Condition, Operand } from '../expressions/syntax.ts';
import { isTypeName, TYPE_NAMES, typeOf } from '../values/attribute-value.ts';
import type { Context } from './context.ts';
import { operandOf, operandsOf, pathOperand, unrecognized } from './lower-operand.ts';
import type { Expression } from './syntax.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/** A function that is a condition by itself. */
export function callCondition(call: Call, context: Context): Condition {
  switch (call.name) {
    case 'attribute_exists':
      return { kind: 'exists', path: onlyPath(call, context) };
    case 'attribute_not_exists':
      return { kind: 'not_exists', path: onlyPath(call, context) };
    case 'attribute_type': {
      const [operand, type] = two(call, context);
      checkType(type);
      return { kind: 'attribute_type', operand, type };
    }
    case 'begins_with': {
      const [operand, search] = two(call, context);
      if (search.kind === 'value' && !('S' in search.value || 'B' in search.value))
        throw wrongType(call.name, search.value);
      return { kind: 'begins_with', operand, search };
    }
    case 'contains': {
      const [operand, search] = two(call, context);
      return { kind: 'contains', operand, search };
    }
    default:
      throw unrecognized(call, context);
  }
}

function onlyPath(call: Call, context: Context) {
  const [operand] = operandsOf(call, 1);
  return pathOperand(call.name, operand, context).path;
}

function two(call: Call, context: Context): [Operand, Operand] {
  const [first, second = first] = operandsOf(call, 2);
  return [pathOperand(call.name, first, context), operandOf(second, context)];
}

function wrongType(name: string, value: Parameters<typeof typeOf>[0]) {
  return validationError(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${typeOf(value)}`,
  );
}

function checkType(type: Operand): void {
  if (type.kind !== 'value') return;
  if (!('S' in type.value)) throw wrongType('attribute_type', type.value);
  if (!isTypeName(type.value.S)) {
    throw validationError(
      `Invalid attribute type name found; type: ${type.value.S}, valid types: {${[...TYPE_NAMES].sort().join(',')}}`,
    );
  }
}
