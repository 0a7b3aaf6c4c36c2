import { validationError } from '../dynamodb-error.ts';
import type { ConditionMember } from '../expressions/expression-members.ts';
import type { KeyCondition, KeyOperator, KeyTest } from '../expressions/syntax.ts';
import { type Comparison, type ComparisonOperator, readComparisons } from './comparison.ts';

const KEY_OPERATORS: ReadonlyMap<ComparisonOperator, KeyOperator> = new Map([
  ['EQ', '='],
  ['LT', '<'],
  ['LE', '<='],
  ['GT', '>'],
  ['GE', '>='],
  ['BETWEEN', 'between'],
  ['BEGINS_WITH', 'begins_with'],
]);

/** Reads KeyConditions, of which only comparisons that an index can find are allowed. */
export function readKeyConditions(conditions: Readonly<Record<string, ConditionMember>>): KeyCondition {
  const comparisons = readComparisons('keyConditions', conditions);
  if (comparisons.length === 0) throw validationError('Conditions can be of length 1 or 2 only');
  return comparisons.map(keyTestOf);
}

function keyTestOf({ name, operator: comparison, values }: Comparison): KeyTest {
  const operator = KEY_OPERATORS.get(comparison);
  if (operator) return { name, operator, values };
  throw validationError('Attempted conditional constraint is not an indexable operation');
}
