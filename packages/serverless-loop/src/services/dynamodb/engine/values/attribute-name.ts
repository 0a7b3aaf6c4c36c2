import { validationError } from '../dynamodb-error.ts';

/** test/alternator/test_limits.py, test_limit_attribute_length_nonkey_bad: 65,535 bytes are the longest name. */
const MAX_NAME_BYTES = 65_535;

/** @throws {DynamoDbError} ValidationException for a name that no attribute can have. */
export function checkAttributeName(name: string): void {
  if (name === '') throw validationError('Empty attribute name');
  if (name.length * 3 <= MAX_NAME_BYTES || Buffer.byteLength(name) <= MAX_NAME_BYTES) return;
  throw validationError(`Attribute name is too large, must be less than ${MAX_NAME_BYTES + 1} bytes`);
}
