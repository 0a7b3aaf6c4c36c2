import { randomBytes } from 'node:crypto';
import type { ResourceState } from '../../template/deployment.ts';
import type { Stack } from '../../template/model.ts';
import type { StackRecord } from '../stack-record.ts';
import type { ChangeSet } from './change-set.ts';

/** A stack with what runs of it. */
export interface HeldStack {
  record: StackRecord;
  /** Absent until something of it runs. */
  stack: Stack | undefined;
  /** Each after those that it depends on. */
  resources: readonly ResourceState[];
  /** The end of the name that CloudFormation made for a resource. */
  suffixOf(logicalId: string): string;
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

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Draws the random end of names, 12 letters and digits, one a resource. */
export function drawSuffixes(): (logicalId: string) => string {
  const drawn = new Map<string, string>();
  return (logicalId) => {
    const known = drawn.get(logicalId);
    if (known !== undefined) return known;
    const suffix = [...randomBytes(12)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
    drawn.set(logicalId, suffix);
    return suffix;
  };
}
