import { isDeepStrictEqual } from 'node:util';
import type { Stack } from '../../../template/model.ts';
import { validationError } from '../errors.ts';
import type { StackRecord } from '../stack-record.ts';
import type { ChangeSet } from './change-set.ts';
import type { GivenNames } from './given-names.ts';
import type { NextStack } from './reading.ts';
import type { Wish } from './stack-wish.ts';

/** A stack with what runs of it. */
export interface HeldStack {
  record: StackRecord;
  /** The records of the stacks that are nested in it, by the logical ids that lead to them. */
  nested: Map<string, StackRecord>;
  /** Absent until something of it runs. */
  stack: Stack | undefined;
  names: GivenNames;
  /** Names of other stacks' exports that it uses. */
  imports: ReadonlySet<string>;
  /** Oldest first. */
  changeSets: ChangeSet[];
  /** The operation that is under way. */
  operation: RunningOperation | undefined;
}

export interface RunningOperation {
  /** Ends it before its next resource, and undoes it. */
  cancel(): void;
  /** Ends it before its next resource, and leaves all as it is. */
  stop(): void;
  /** Resolves when it has ended, well or not. Never rejects. */
  done: Promise<void>;
}

/** The record forgets resources that are no longer of the stack. */
export function keepResourcesOf({ record, nested, stack }: HeldStack): void {
  const kept = new Set(stack?.states().map(({ logicalId }) => logicalId));
  record.resources = record.resources.filter(({ logicalId }) => kept.has(logicalId));
  for (const [path, inside] of nested)
    inside.resources = inside.resources.filter(({ logicalId }) => kept.has(`${path}/${logicalId}`));
}

/** Its record, once something of it runs. */
export function deployedOf(held: HeldStack | undefined): StackRecord | undefined {
  return held?.stack && held.record;
}

/** True when anything would be another; a parameter that nothing uses is not (guide, "Update stacks"). */
export function changesAnything({ record, stack }: HeldStack, next: NextStack, wish: Wish): boolean {
  if (!stack || next.changes.length > 0 || !isDeepStrictEqual(record.tags, wish.tags)) return true;
  return !isDeepStrictEqual(stack.outputs, next.stack.outputs);
}

const UPDATABLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'CREATE_FAILED',
  'UPDATE_FAILED',
];

/** Throws CloudFormation's error for a stack that can't be changed now. */
export function refuseUnlessUpdatable({ record }: HeldStack): void {
  if (!UPDATABLE.includes(record.status))
    throw validationError(`Stack:${record.id} is in ${record.status} state and can not be updated.`);
}
