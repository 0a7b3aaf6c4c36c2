import type { History } from '../history/history.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Names of an execution, its machine and its role. */
export interface ExecutionNames {
  arn: string;
  name: string;
  roleArn: string;
  machineArn: string;
  machineName: string;
}

/** The state of an execution and, once it has ended, its end. */
export interface Outcome {
  status: ExecutionStatus;
  output?: unknown;
  error?: string;
  cause?: string;
  /** Epoch milliseconds. */
  stoppedMs?: number;
}

export interface Execution {
  names: ExecutionNames;
  input: unknown;
  /** Epoch milliseconds. */
  startedMs: number;
  history: History;
  outcome(): Outcome;
  /** Resolves when it has ended, however; of one that is redriven anew. */
  readonly ended: Promise<void>;
  /** Ends it now, as StopExecution does. Does nothing to one that has ended. */
  stop(details?: { error?: string; cause?: string }): void;
  /** Goes on with the state that failed. Throws Error for one that runs or has succeeded. */
  redrive(): void;
  /** Ends it without a word, as the end of the loop does. */
  abandon(): void;
}
