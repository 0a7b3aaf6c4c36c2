import { validationError } from '../dynamodb-error.ts';
import type { Operand } from '../expressions/syntax.ts';
import type { Context } from './context.ts';
import { pathOf } from './lower-path.ts';
import { literalValue } from './lower-value.ts';
import type { Expression } from './syntax.ts';
import { positionOf } from './tokens.ts';

const MAX_IN = 100;

export function operandOf(expression: Expression, context: Context): Operand {
  if (expression.kind === 'path') return { kind: 'path', path: pathOf(expression, context) };
  if (expression.kind !== 'call') return { kind: 'value', value: literalValue(expression, context) };
  if (expression.name !== 'size') throw unrecognized(expression, context);
  const [of] = operandsOf(expression, 1);
  return { kind: 'size', of: pathOperand(expression.name, of, context) };
}

type Call = Extract<Expression, { kind: 'call' }>;

/** The operands of a call, of which it must have `count`. */
export function operandsOf({ name, operands }: Call, count: number): [Expression, ...Expression[]] {
  const [first, ...rest] = operands;
  if (first !== undefined && operands.length === count) return [first, ...rest];
  throw validationError(
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
  );
}

export function pathOperand(name: string, expression: Expression, context: Context) {
  if (expression.kind !== 'path') {
    throw validationError(`Operator or function requires a document path; operator or function: ${name}`);
  }
  return { kind: 'path' as const, path: pathOf(expression, context) };
}

export function unrecognized({ name, token }: Call, { statement }: Context) {
  return validationError(`Unrecognized function: ${name} at ${positionOf(token, statement)}`);
}

/** The operands of IN. DynamoDB takes up to 100, and 50 for a partition key (ql-operators of the developer guide). */
export function listOf(expression: Expression, context: Context): Operand[] {
  if (expression.kind !== 'list') {
    throw validationError(
      `The operand of IN must be a list at ${positionOf(expression.token, context.statement)}`,
    );
  }
  const { members } = expression;
  if (members.length === 0 || members.length > MAX_IN) {
    throw validationError(
      `The IN operator is provided with ${members.length === 0 ? 'no' : 'too many'} operands; number of operands: ${members.length}`,
    );
  }
  return members.map((member) => operandOf(member, context));
}
