import type { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { noSuchStack } from './errors.ts';
import { requiredText } from './input.ts';
import type { StackRecord } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

/** The stack of that name or id. Throws CloudFormation's error when there is none, which operations word in different ways. */
export function stackOf(
  nameOrId: string,
  store: StackStore,
  missing: (nameOrId: string) => AwsError = noSuchStack,
): StackRecord {
  const record = store.find(nameOrId);
  if (!record) throw missing(nameOrId);
  return record;
}

/** The stack that a call must name. */
export function namedStack(
  input: JsonObject,
  store: StackStore,
  missing?: (nameOrId: string) => AwsError,
): StackRecord {
  return stackOf(requiredText(input, 'StackName'), store, missing);
}
