import type { AwsError } from '../../aws/errors.ts';
import { noSuchStack } from './errors.ts';
import type { StackRecord } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

/** The stack of that name or id. Throws CloudFormation's error when there is none, which operations word in different ways. */
export function stackOf(
  nameOrId: string,
  store: StackStore,
  absent: (nameOrId: string) => AwsError = noSuchStack,
): StackRecord {
  const record = store.find(nameOrId);
  if (!record) throw absent(nameOrId);
  return record;
}
