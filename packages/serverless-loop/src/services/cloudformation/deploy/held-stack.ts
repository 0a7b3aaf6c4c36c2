import type { ResourceState } from '../../../template/deployment.ts';
import type { Stack } from '../../../template/model.ts';
import type { StackRecord } from '../stack-record.ts';
import type { ChangeSet } from './change-set.ts';
import type { GivenNames } from './given-names.ts';

/** A stack with what runs of it. */
export interface HeldStack {
  record: StackRecord;
  /** Absent until something of it runs. */
  stack: Stack | undefined;
  /** Each after those that it depends on. */
  resources: readonly ResourceState[];
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
export function keepResourcesOf({ record, resources }: HeldStack): void {
  const kept = new Set(resources.map(({ logicalId }) => logicalId));
  record.resources = record.resources.filter(({ logicalId }) => kept.has(logicalId));
}
