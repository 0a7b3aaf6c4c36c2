import { AwsError } from '../../aws/errors.ts';
import { DynamoDbError } from './engine/dynamodb-error.ts';
import { StoreWriteError } from './engine/storage/store-write-error.ts';

/** The engine's refusals as the gateway answers them; any other error is one of the loop itself. */
export function asAwsError(error: unknown): unknown {
  if (error instanceof StoreWriteError)
    return new AwsError('InternalServerError', error.message, { status: 500 });
  if (!(error instanceof DynamoDbError)) return error;
  return new AwsError(error.name, error.message, { members: error.members });
}
