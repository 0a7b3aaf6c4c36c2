import { validationError } from '../dynamodb-error.ts';
import { readOlderMembers } from '../legacy/read-older-members.ts';
import type { ExpressionMembers, ExpressionOperation } from './expression-members.ts';
import { parseCondition, parseFilter, parseKeyCondition, parseProjection, parseUpdate } from './parse.ts';
import type { Placeholders } from './placeholders.ts';
import { readPlaceholders } from './read-placeholders.ts';
import type { Expressions } from './syntax.ts';

/**
 * Reads all expressions of a request, the older members first, in DynamoDB's order of checks; it comes after
 * `checkExpressionMembers` and after the values of keys and items.
 * @throws {DynamoDbError} ValidationException in DynamoDB's words.
 */
export function readExpressions(operation: ExpressionOperation, members: ExpressionMembers): Expressions {
  const older = readOlderMembers(operation, members);
  if (operation === 'Query' && !older.keyCondition && members.KeyConditionExpression == null) {
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  return { ...older, ...readTexts(members) };
}

/** Reads the expressions alone. */
function readTexts(members: ExpressionMembers): Expressions {
  const placeholders = readPlaceholders(members);
  const expressions: Expressions = {
    ...read('update', members.UpdateExpression, parseUpdate, placeholders),
    ...read('condition', members.ConditionExpression, parseCondition, placeholders),
    ...read('keyCondition', members.KeyConditionExpression, parseKeyCondition, placeholders),
    ...read('filter', members.FilterExpression, parseFilter, placeholders),
    ...read('projection', members.ProjectionExpression, parseProjection, placeholders),
  };
  placeholders.checkUsage();
  return expressions;
}

function read<K extends string, T>(
  name: K,
  text: string | null | undefined,
  parse: (text: string, placeholders: Placeholders) => T,
  placeholders: Placeholders,
): { readonly [key in K]?: T } {
  const found: { [key in K]?: T } = {};
  if (text != null) found[name] = parse(text, placeholders);
  return found;
}
