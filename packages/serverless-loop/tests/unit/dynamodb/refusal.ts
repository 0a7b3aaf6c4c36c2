import { DynamoDbError } from '../../../src/services/dynamodb/engine/dynamodb-error.ts';

/** The message of the ValidationException that `act` is refused with. */
export function refusal(act: () => unknown, name = 'ValidationException'): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DynamoDbError && error.name === name) return error.message;
    throw error;
  }
  throw new Error('Nothing was refused');
}
