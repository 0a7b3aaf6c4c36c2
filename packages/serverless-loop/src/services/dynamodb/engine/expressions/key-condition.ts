import type { AttributeValue } from '../values/attribute-value.ts';
import { ExpressionError } from './expression-error.ts';
import type { Comparator, Condition, KeyCondition, KeyOperator, KeyTest, Operand } from './syntax.ts';

/** A comparison read from its other side. */
const MIRRORED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

// The words are those of dynalite's records of AWS, validations/index.js, checkExpr.

/**
 * Takes a parsed condition for a key condition: tests of one attribute each, joined by AND.
 * @throws {ExpressionError} when it says more than a key condition may.
 */
export function keyConditionOf(condition: Condition): KeyCondition {
  const tests = new Map<string, KeyTest>();
  for (const part of conjunction(condition)) {
    const test = keyTestOf(part);
    if (tests.has(test.name)) {
      throw new ExpressionError('KeyConditionExpressions must only contain one condition per key');
    }
    tests.set(test.name, test);
  }
  return [...tests.values()];
}

function conjunction(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.conditions.flatMap(conjunction) : [condition];
}

const invalidOperator = (operator: string) =>
  new ExpressionError(`Invalid operator used in KeyConditionExpression: ${operator}`);
const invalidCondition = (message: string) =>
  new ExpressionError(`Invalid condition in KeyConditionExpression: ${message}`);

function keyTestOf(condition: Condition): KeyTest {
  switch (condition.kind) {
    case 'compare':
      return comparisonTest(condition.operator, condition.left, condition.right);
    case 'between':
      checkFirst('BETWEEN', condition.operand);
      return keyTest('between', [condition.operand, condition.low, condition.high]);
    case 'begins_with':
      checkFirst('begins_with', condition.operand);
      return keyTest('begins_with', [condition.operand, condition.search]);
    case 'exists':
      throw invalidOperator('attribute_exists');
    case 'not_exists':
      throw invalidOperator('attribute_not_exists');
    case 'attribute_type':
    case 'contains':
      throw invalidOperator(condition.kind);
    case 'and':
    case 'or':
    case 'not':
    case 'in':
      throw invalidOperator(condition.kind.toUpperCase());
  }
}

function comparisonTest(operator: Comparator, left: Operand, right: Operand): KeyTest {
  if (operator === '<>') throw invalidOperator('<>');
  if (left.kind === 'path' || right.kind !== 'path') return keyTest(operator, [left, right]);
  return keyTest(MIRRORED[operator], [right, left]);
}

function checkFirst(operator: string, operand: Operand): void {
  if (operand.kind === 'path') return;
  throw invalidCondition(`${operator} operator must have the key attribute as its first operand`);
}

function keyTest(operator: KeyOperator, operands: readonly Operand[]): KeyTest {
  let name: string | undefined;
  const values: AttributeValue[] = [];
  for (const operand of operands) {
    if (operand.kind === 'value') values.push(operand.value);
    else if (operand.kind === 'size') {
      throw new ExpressionError('KeyConditionExpressions cannot contain nested operations');
    } else {
      if (name !== undefined) throw invalidCondition('Multiple attribute names used in one condition');
      if (operand.path.length > 1) {
        throw new ExpressionError('KeyConditionExpressions cannot have conditions on nested attributes');
      }
      name = operand.path[0];
    }
  }
  if (name === undefined) throw invalidCondition('No key attribute specified');
  return { name, operator, values };
}
