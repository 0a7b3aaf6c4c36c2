import { validationError } from '../dynamodb-error.ts';
import type { ConditionMember } from '../expressions/expression-members.ts';
import type { Comparator, Condition, Operand } from '../expressions/syntax.ts';
import { type AttributeValue, type TypeName, typeOf } from '../values/attribute-value.ts';
import { compare } from '../values/compare.ts';
import { readAttributeValue } from '../values/read-value.ts';

/** In the order in which DynamoDB lists them. */
export const COMPARISON_OPERATORS = [
  'IN',
  'NULL',
  'BETWEEN',
  'LT',
  'NOT_CONTAINS',
  'EQ',
  'GT',
  'NOT_NULL',
  'NE',
  'LE',
  'BEGINS_WITH',
  'GE',
  'CONTAINS',
] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** The number of values that an operator takes; IN takes one or more. */
const COUNTS: ReadonlyMap<ComparisonOperator, number> = new Map([
  ['NULL', 0],
  ['NOT_NULL', 0],
  ['BETWEEN', 2],
]);
const SCALARS: readonly TypeName[] = ['S', 'N', 'B'];
/** The types that an operator takes; those that aren't here take all. */
const TYPES: ReadonlyMap<ComparisonOperator, readonly TypeName[]> = new Map([
  ['LT', SCALARS],
  ['LE', SCALARS],
  ['GT', SCALARS],
  ['GE', SCALARS],
  ['BETWEEN', SCALARS],
  ['IN', SCALARS],
  ['CONTAINS', SCALARS],
  ['NOT_CONTAINS', SCALARS],
  ['BEGINS_WITH', ['S', 'B']],
]);

/** One condition of the older kind, found right. */
export interface Comparison {
  readonly name: string;
  readonly operator: ComparisonOperator;
  readonly values: readonly AttributeValue[];
}

export const invalidParameter = (message: string) =>
  validationError(`One or more parameter values were invalid: ${message}`);

// The words and their order are those of dynalite's records of AWS, validations/index.js, validateConditions.

/** Reads the conditions of QueryFilter, ScanFilter or KeyConditions; `member` is its name in camel case. */
export function readComparisons(
  member: string,
  conditions: Readonly<Record<string, ConditionMember>>,
): Comparison[] {
  return Object.entries(conditions).map(([name, condition]) => {
    const operator = readOperator(`${member}.${name}.member`, condition.ComparisonOperator);
    return readComparison(name, operator, condition.AttributeValueList ?? []);
  });
}

export function readOperator(path: string, text: string | null | undefined): ComparisonOperator {
  const operator = COMPARISON_OPERATORS.find((candidate) => candidate === text);
  if (operator) return operator;
  const found = text == null ? 'null' : `'${text}'`;
  const constraint =
    text == null
      ? 'Member must not be null'
      : `Member must satisfy enum value set: [${COMPARISON_OPERATORS.join(', ')}]`;
  throw validationError(
    `1 validation error detected: Value ${found} at '${path}.comparisonOperator' failed to satisfy constraint: ${constraint}`,
  );
}

export function readComparison(
  name: string,
  operator: ComparisonOperator,
  list: readonly unknown[],
): Comparison {
  const values = list.map(readAttributeValue);
  if (operator === 'IN' ? values.length === 0 : values.length !== (COUNTS.get(operator) ?? 1)) {
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  }
  checkTypes(operator, values);
  checkBounds(operator, values);
  return { name, operator, values };
}

function checkTypes(operator: ComparisonOperator, values: readonly AttributeValue[]): void {
  const types = values.map(typeOf);
  if (types.some((type) => type !== types[0])) {
    throw invalidParameter('AttributeValues inside AttributeValueList must be of same type');
  }
  const wrong = types.find((type) => TYPES.get(operator)?.includes(type) === false);
  if (wrong) {
    throw invalidParameter(`ComparisonOperator ${operator} is not valid for ${wrong} AttributeValue type`);
  }
}

function checkBounds(operator: ComparisonOperator, [low, high]: readonly AttributeValue[]): void {
  if (operator !== 'BETWEEN' || !low || !high) return;
  if ((compare(low, high) ?? 0) <= 0) return;
  throw validationError(
    'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
  );
}

const COMPARATORS: ReadonlyMap<ComparisonOperator, Comparator> = new Map([
  ['EQ', '='],
  ['NE', '<>'],
  ['LT', '<'],
  ['LE', '<='],
  ['GT', '>'],
  ['GE', '>='],
]);
const NOTHING: AttributeValue = { NULL: true };

/** The same condition as an expression would say it. */
export function conditionOf({ name, operator, values }: Comparison): Condition {
  const operand: Operand = { kind: 'path', path: [name] };
  const [first = NOTHING, second = NOTHING] = values;
  const value = (constant: AttributeValue): Operand => ({ kind: 'value', value: constant });
  const comparator = COMPARATORS.get(operator);
  if (comparator) return { kind: 'compare', operator: comparator, left: operand, right: value(first) };
  const contains: Condition = { kind: 'contains', operand, search: value(first) };
  const exists: Condition = { kind: 'exists', path: [name] };
  switch (operator) {
    case 'NULL':
      return { kind: 'not_exists', path: [name] };
    case 'BETWEEN':
      return { kind: 'between', operand, low: value(first), high: value(second) };
    case 'IN':
      return { kind: 'in', operand, list: values.map(value) };
    case 'BEGINS_WITH':
      return { kind: 'begins_with', operand, search: value(first) };
    case 'CONTAINS':
      return contains;
    // An absent attribute meets neither CONTAINS nor NOT_CONTAINS: test/alternator/test_expected.py.
    case 'NOT_CONTAINS':
      return { kind: 'and', conditions: [exists, { kind: 'not', condition: contains }] };
    default:
      return exists;
  }
}
