import type { JsonObject } from '../aws/operation.ts';
import { noSuchStack } from './errors.ts';
import { requiredText } from './input.ts';
import type { StackRecord } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

/** The stack of that name or id. Throws CloudFormation's error when there is none. */
export function stackOf(nameOrId: string, store: StackStore): StackRecord {
  const record = store.find(nameOrId);
  if (!record) throw noSuchStack(nameOrId);
  return record;
}

/** The stack that a call must name. */
export function namedStack(input: JsonObject, store: StackStore): StackRecord {
  return stackOf(requiredText(input, 'StackName'), store);
}
