import type { FailureKind } from './exit-status.ts';

/** The end of a step or of its undoing. */
export interface Result {
  id: string;
  title: string;
  tookMs: number;
  outcome: Outcome;
}

export type Outcome =
  | { kind: 'held'; seen: string }
  | { kind: 'failed'; failure: FailureKind; reason: string }
  | { kind: 'interrupted' }
  | { kind: 'not run' };
