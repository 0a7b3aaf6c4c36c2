import type { FailureKind } from './exit-status.ts';

/** How a step or its undoing ended. */
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
