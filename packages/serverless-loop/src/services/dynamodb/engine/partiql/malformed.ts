import { type DynamoDbError, validationError } from '../dynamodb-error.ts';

/**
 * Refuses a statement that can't be read. A character or literal that no token can be made of has no detail
 * (paritysuite/dynamodb-conformance, tests/tier3/error-messages/partiqlGrammar.test.ts).
 */
export const malformed = (detail = ''): DynamoDbError =>
  validationError(`Statement wasn't well formed, can't be processed: ${detail}`);
