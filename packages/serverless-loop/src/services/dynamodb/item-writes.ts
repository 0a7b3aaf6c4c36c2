import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { DynamoDbError } from './engine/dynamodb-error.ts';
import type { EngineOperation } from './engine/start-engine.ts';
import { localName } from './engine/tables/table-name.ts';
import type { ItemFacts } from './item-facts.ts';
import { objectsOf } from './json.ts';
import { itemsWrittenBy, partsOfTransaction, type WrittenItem } from './written-items.ts';

/** The same operation, telling what came of the items that it writes. */
export function factsOfWrites(
  operation: string,
  run: EngineOperation,
  facts: ItemFacts,
  place: Place,
): EngineOperation {
  const named = (items: WrittenItem[]) =>
    items.map((item) => ({ ...item, tableName: localName(item.tableName, place) }));
  return (input, call) => {
    try {
      const output = run(input, call);
      facts.written(operation, named(itemsWrittenBy(operation, input)));
      return output;
    } catch (error) {
      if (error instanceof DynamoDbError) {
        facts.conditionFailed(operation, named(failedItems(operation, input, error)));
      }
      throw error;
    }
  };
}

function failedItems(
  operation: string,
  input: Parameters<EngineOperation>[0],
  { name, members }: DynamoDbError,
) {
  if (name === 'ConditionalCheckFailedException') return itemsWrittenBy(operation, input);
  if (name !== 'TransactionCanceledException') return [];
  const reasons = objectsOf(members.CancellationReasons);
  return partsOfTransaction(input).filter((_, at) => reasons[at]?.Code === 'ConditionalCheckFailed');
}

export function isConditionFailure(error: unknown): error is AwsError {
  return error instanceof AwsError && error.code === 'ConditionalCheckFailedException';
}
