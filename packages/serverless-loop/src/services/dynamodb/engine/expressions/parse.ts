import { type DynamoDbError, validationError } from '../dynamodb-error.ts';
import { ExpressionError } from './expression-error.ts';
import { keyConditionOf } from './key-condition.ts';
import { parseConditionText } from './parse-condition.ts';
import { parseProjectionText } from './parse-projection.ts';
import { parseUpdateText } from './parse-update.ts';
import type { Placeholders } from './placeholders.ts';
import type { Condition, KeyCondition, Projection, Update } from './syntax.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html, Expression parameters */
const MAX_EXPRESSION_BYTES = 4096;

export type ExpressionName =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'UpdateExpression'
  | 'ProjectionExpression';

// Every parser here takes the text and the request's placeholders, and throws a ValidationException in
// DynamoDB's words, which begin with `Invalid ConditionExpression: ` and the like.

export const parseCondition = (text: string, placeholders: Placeholders): Condition =>
  parsed('ConditionExpression', text, () => parseConditionText(text, placeholders));

export const parseFilter = (text: string, placeholders: Placeholders): Condition =>
  parsed('FilterExpression', text, () => parseConditionText(text, placeholders));

export const parseKeyCondition = (text: string, placeholders: Placeholders): KeyCondition =>
  parsed('KeyConditionExpression', text, () => keyConditionOf(parseConditionText(text, placeholders)));

export const parseUpdate = (text: string, placeholders: Placeholders): Update =>
  parsed('UpdateExpression', text, () => parseUpdateText(text, placeholders));

export const parseProjection = (text: string, placeholders: Placeholders): Projection =>
  parsed('ProjectionExpression', text, () => parseProjectionText(text, placeholders));

function parsed<T>(name: ExpressionName, text: string, parse: () => T): T {
  checkLength(name, text);
  try {
    return parse();
  } catch (error) {
    throw error instanceof ExpressionError ? invalid(name, error.message) : error;
  }
}

const invalid = (name: ExpressionName, message: string): DynamoDbError =>
  validationError(`Invalid ${name}: ${message}`);

function checkLength(name: ExpressionName, text: string): void {
  if (text === '') throw invalid(name, 'The expression can not be empty;');
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_EXPRESSION_BYTES) return;
  // Only an UpdateExpression's refusal doesn't tell the size: paritysuite/dynamodb-conformance,
  // tests/tier3/validation-ordering/deepRequests.test.ts.
  const size = name === 'UpdateExpression' ? '' : ` expression size: ${bytes}`;
  throw invalid(name, `Expression size has exceeded the maximum allowed size;${size}`);
}
