import { type DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { Path } from '../expressions/syntax.ts';
import type { Context } from './context.ts';
import { malformed } from './malformed.ts';
import type { Expression, PathExpression, Step } from './syntax.ts';
import { positionOf, type Token } from './tokens.ts';

/** A document path of an item: `"a".b[0]`; a name may stand in brackets too, as a string. */
export function pathOf({ steps: [first, ...rest] }: PathExpression, context: Context): Path {
  const name = stepOf(first, context);
  if (typeof name !== 'string') throw malformed();
  return [name, ...rest.map((step) => stepOf(step, context))];
}

function stepOf(step: Step, context: Context): string | number {
  if ('name' in step) return step.name;
  const { index } = step;
  if (index.kind === 'string') return index.text;
  if (index.kind !== 'number') throw unexpected(index.token, context);
  const number = Number(index.text);
  if (Number.isSafeInteger(number) && number >= 0) return Math.abs(number);
  throw validationError(
    `List index is not within the allowable range; index: [${index.text}] at ${positionOf(index.token, context.statement)}`,
  );
}

/** A path's name in the answer of a SELECT: the last name of it, with the indexes behind. */
export function shownName(path: Path): string {
  const last = path.findLastIndex((step) => typeof step === 'string');
  return path
    .slice(last)
    .map((step) => (typeof step === 'string' ? step : `[${step}]`))
    .join('');
}

export function selectedPath(expression: Expression, context: Context): Path {
  if (expression.kind !== 'path') throw unexpected(expression.token, context);
  return pathOf(expression, context);
}

function unexpected(token: Token, { statement }: Context): DynamoDbError {
  return validationError(`Unexpected path component at ${positionOf(token, statement)}`);
}
