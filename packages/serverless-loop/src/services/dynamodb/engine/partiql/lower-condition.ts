import { validationError } from '../dynamodb-error.ts';
import type { Comparator, Condition, Operand } from '../expressions/syntax.ts';
import { type TypeName, typeOf } from '../values/attribute-value.ts';
import type { Context } from './context.ts';
import { callCondition } from './lower-call.ts';
import { listOf, operandOf } from './lower-operand.ts';
import { pathOf } from './lower-path.ts';
import type { Expression } from './syntax.ts';
import { positionOf } from './tokens.ts';

/** The condition of a WHERE, as the conditions of expressions are, so that one evaluator judges both. */
export function conditionOf(expression: Expression, context: Context): Condition {
  switch (expression.kind) {
    case 'binary':
      return binary(expression, context);
    case 'between': {
      const operand = operandOf(expression.operand, context);
      const [low, high] = [expression.low, expression.high].map((bound) => operandOf(bound, context));
      if (!low || !high) throw unsupported(expression, context);
      for (const bound of [operand, low, high]) checkOrdered(bound, 'BETWEEN');
      return negatedIf(expression.negated, { kind: 'between', operand, low, high });
    }
    case 'is':
      return negatedIf(expression.negated, isOfType(expression, context));
    case 'not':
      return { kind: 'not', condition: conditionOf(expression.operand, context) };
    case 'call':
      return callCondition(expression, context);
    default:
      throw unsupported(expression, context);
  }
}

type Binary = Extract<Expression, { kind: 'binary' }>;

function binary(expression: Binary, context: Context): Condition {
  const { operator, left, right } = expression;
  switch (operator) {
    case 'and':
    case 'or':
      return { kind: operator, conditions: flat(expression, operator, context) };
    case 'in':
      return { kind: 'in', operand: operandOf(left, context), list: listOf(right, context) };
    case '=':
    case '<>':
      return compare(operator, left, right, context);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const operands = [operandOf(left, context), operandOf(right, context)];
      for (const operand of operands) checkOrdered(operand, operator);
      return compare(operator, left, right, context);
    }
    default:
      throw unsupported(expression, context);
  }
}

/** A chain of ANDs is one condition of many, whatever its length. */
function flat(expression: Expression, operator: string, context: Context): Condition[] {
  const conditions: Condition[] = [];
  let chain = expression;
  while (chain.kind === 'binary' && chain.operator === operator) {
    conditions.unshift(conditionOf(chain.right, context));
    chain = chain.left;
  }
  return [conditionOf(chain, context), ...conditions];
}

/** `attribute_exists(a) = true` is the condition itself. */
function compare(operator: Comparator, left: Expression, right: Expression, context: Context): Condition {
  if (isTest(left) && right.kind === 'boolean' && (operator === '=' || operator === '<>'))
    return negatedIf((operator === '=') !== right.value, conditionOf(left, context));
  return {
    kind: 'compare',
    operator,
    left: operandOf(left, context),
    right: operandOf(right, context),
  };
}

const isTest = (expression: Expression) => expression.kind === 'call' && expression.name !== 'size';

const negatedIf = (negated: boolean, condition: Condition): Condition =>
  negated ? { kind: 'not', condition } : condition;

const ORDERED: ReadonlySet<TypeName> = new Set(['S', 'N', 'B']);

function checkOrdered(operand: Operand, operator: string): void {
  if (operand.kind !== 'value') return;
  const type = typeOf(operand.value);
  if (!ORDERED.has(type)) {
    throw validationError(
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
    );
  }
}

const TYPES: Readonly<Record<string, readonly TypeName[]>> = {
  null: ['NULL'],
  bool: ['BOOL'],
  boolean: ['BOOL'],
  string: ['S'],
  symbol: ['S'],
  char: ['S'],
  character: ['S'],
  varchar: ['S'],
  'character varying': ['S'],
  numeric: ['N'],
  decimal: ['N'],
  dec: ['N'],
  int: ['N'],
  int4: ['N'],
  int8: ['N'],
  integer: ['N'],
  smallint: ['N'],
  float: ['N'],
  real: ['N'],
  'double precision': ['N'],
  blob: ['B'],
  clob: ['B'],
  list: ['L'],
  struct: ['M'],
  tuple: ['M'],
  bag: ['SS', 'NS', 'BS'],
};

function isOfType(expression: Extract<Expression, { kind: 'is' }>, context: Context): Condition {
  if (expression.type === 'missing') {
    if (expression.operand.kind !== 'path') throw unsupported(expression, context);
    return { kind: 'not_exists', path: pathOf(expression.operand, context) };
  }
  const types = TYPES[expression.type];
  if (!types) throw unsupported(expression, context);
  const operand = operandOf(expression.operand, context);
  const conditions = types.map(
    (type): Condition => ({ kind: 'attribute_type', operand, type: { kind: 'value', value: { S: type } } }),
  );
  const [only] = conditions;
  return only && conditions.length === 1 ? only : { kind: 'or', conditions };
}

function unsupported({ token }: Expression, { statement }: Context) {
  const written = statement.slice(token.start, token.end);
  return validationError(
    `Unsupported operator in where clause: ${written} at ${positionOf(token, statement)}`,
  );
}
