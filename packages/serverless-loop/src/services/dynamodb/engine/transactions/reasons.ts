import { DynamoDbError } from '../dynamodb-error.ts';
import type { JsonObject } from '../requests/shapes.ts';

/** The reason why a part cancels its transaction, or `None` (API reference, "CancellationReason"). */
export interface Reason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError' | 'DuplicateItem';
  readonly Message?: string;
  readonly Item?: unknown;
}

export const NO_REASON: Reason = { Code: 'None' };

/** Runs one part: what it finds wrong with the item is a reason, all other faults are thrown. */
export function attempt<T>(part: () => T): { done: T } | { reason: Reason } {
  try {
    return { done: part() };
  } catch (error) {
    if (!(error instanceof DynamoDbError)) throw error;
    const reason = reasonOf(error);
    if (!reason) throw error;
    return { reason };
  }
}

export function reasonOf({ name, message, members }: DynamoDbError): Reason | undefined {
  if (name === 'ValidationException') return { Code: 'ValidationError', Message: message };
  if (name === 'DuplicateItemException') return { Code: 'DuplicateItem', Message: message };
  if (name !== 'ConditionalCheckFailedException') return undefined;
  return {
    Code: 'ConditionalCheckFailed',
    Message: message,
    ...(members.Item !== undefined && { Item: members.Item }),
  };
}

export function cancelled(reasons: readonly Reason[]): DynamoDbError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const members: JsonObject = { CancellationReasons: reasons };
  return new DynamoDbError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    members,
  );
}
