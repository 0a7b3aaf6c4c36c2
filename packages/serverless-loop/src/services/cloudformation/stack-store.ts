import type { AwsError } from '../../aws/errors.ts';
import { noSuchStack } from './errors.ts';
import type { StackRecord } from './stack-record.ts';

/** The stacks of the loop; in memory, as all that it emulates. */
export interface StackStore {
  /** By its name; by its id also one that is deleted. */
  find(nameOrId: string): StackRecord | undefined;
  /** The newest first, deleted ones among them. */
  list(): StackRecord[];
  /** Adds a stack, or puts the record in the place of the one with the same id. */
  put(record: StackRecord): void;
}

/** AWS remembers deleted stacks for 90 days; this many are enough to read the events of the last ones. */
const MAX_DELETED = 100;

export function stackStore(): StackStore {
  const byId = new Map<string, StackRecord>();

  function forgetOldest(): void {
    const deleted = [...byId.values()].filter(isDeleted);
    for (const { id } of deleted.slice(0, -MAX_DELETED)) byId.delete(id);
  }

  return {
    find: (nameOrId) =>
      byId.get(nameOrId) ??
      [...byId.values()].find((record) => record.name === nameOrId && !isDeleted(record)),
    list: () => [...byId.values()].sort((one, other) => other.createdAt - one.createdAt),
    put(record) {
      byId.set(record.id, record);
      forgetOldest();
    },
  };
}

export function isDeleted({ status }: StackRecord): boolean {
  return status === 'DELETE_COMPLETE';
}

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
