import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { Store } from './dynalite.ts';
import { isConditionFailure, withItem } from './item-writes.ts';
import { objectOf, objectsOf } from './json.ts';
import type { ObservedStore } from './observed-store.ts';
import { checkInput, runAction } from './run-action.ts';
import { RepeatedItemError } from './staged-store.ts';

/** One item's part in a transaction, and the action on one item that does the same. */
export interface Part {
  /** E.g. `Put` or `ConditionCheck`. */
  kind: string;
  action: string;
  request: JsonObject;
}

/** Why a part cancels the transaction, or `None` (API reference, "TransactWriteItems", errors). */
export interface Reason {
  Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  Message?: string;
  Item?: unknown;
}

const MAX_PARTS = 100;

/** Reads `TransactItems`; `actions` names the kinds of parts it may have. Throws AwsError. */
export function partsOf({ TransactItems }: JsonObject, actions: ReadonlyMap<string, string>): Part[] {
  const items = objectsOf(TransactItems);
  if (items.length === 0 || items.length > MAX_PARTS) {
    const bound = items.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_PARTS}`;
    throw invalid(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  return items.map((item) => {
    const [entry, ...more] = Object.entries(item).filter(([, request]) => request != null);
    const action = entry && actions.get(entry[0]);
    if (!action || more.length > 0) {
      throw invalid(`TransactItems can only contain one of ${[...actions.keys()].join(', ')}`);
    }
    return { kind: entry[0], action, request: objectOf(entry[1]) };
  });
}

/** Refuses parts that no table could take. Throws AwsError. */
export function checkParts(store: Store, parts: Part[]): void {
  for (const { action, request } of parts) checkInput(store, action, request);
}

/** Runs one part; what it finds wrong with the item is a reason, all other faults are thrown. */
export async function attempt({ action, request }: Part, view: ObservedStore): Promise<Reason> {
  try {
    await runAction(view.store, action, request);
    return { Code: 'None' };
  } catch (error) {
    if (isConditionFailure(error)) {
      const wantsItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      const { message, members } = wantsItem ? withItem(error, view.itemRead()) : error;
      return { Code: 'ConditionalCheckFailed', Message: message, ...members };
    }
    if (isInvalid(error)) {
      return { Code: 'ValidationError', Message: error.message };
    }
    throw error;
  }
}

function isInvalid(error: unknown): error is AwsError {
  const isAboutTheItem = error instanceof AwsError && !(error instanceof RepeatedItemError);
  return isAboutTheItem && error.code === 'ValidationException';
}

export function cancelled(reasons: Reason[]): AwsError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { members: { CancellationReasons: reasons } },
  );
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
