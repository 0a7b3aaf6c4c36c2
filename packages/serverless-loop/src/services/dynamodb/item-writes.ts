import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { Store } from './dynalite.ts';
import type { ItemFacts } from './item-facts.ts';
import { observe } from './observed-store.ts';
import { runAction } from './run-action.ts';
import type { ItemWrite } from './write.ts';
import { itemsWrittenBy } from './written-items.ts';

export interface WriteListeners {
  facts: ItemFacts;
  onWrite: (write: ItemWrite) => void;
}

/** Runs PutItem, UpdateItem, DeleteItem or BatchWriteItem, and tells what came of it. */
export async function writeItems(
  store: Store,
  operation: string,
  input: JsonObject,
  { facts, onWrite }: WriteListeners,
): Promise<JsonObject | undefined> {
  const items = itemsWrittenBy(operation, input);
  const observed = observe(store);
  try {
    const output = await runAction(observed.store, operation, input);
    facts.written(operation, items);
    for (const write of observed.writes) onWrite({ ...write, operation });
    return output;
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    facts.conditionFailed(operation, items);
    const wantsItem = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    throw wantsItem ? withItem(error, observed.itemRead()) : error;
  }
}

export function isConditionFailure(error: unknown): error is AwsError {
  return error instanceof AwsError && error.code === 'ConditionalCheckFailedException';
}

/** The item that failed the condition comes with the error, if there was one (API reference, "PutItem"). */
export function withItem({ code, message, status }: AwsError, item: JsonObject | undefined): AwsError {
  return new AwsError(code, message, { status, members: item ? { Item: item } : {} });
}
