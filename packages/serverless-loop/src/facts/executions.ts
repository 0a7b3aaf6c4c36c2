/** Step Functions runs a state machine. */
export type ExecutionFact =
  /** An execution of a state machine begins. */
  | {
      kind: 'execution.started';
      machineName: string;
      executionName: string;
      executionArn: string;
      machineType: 'STANDARD' | 'EXPRESS';
    }
  | {
      kind: 'execution.ended';
      machineName: string;
      executionName: string;
      executionArn: string;
      status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      /** By the clock of the day. */
      durationMs: number;
      error?: string;
      cause?: string;
    }
  | {
      kind: 'state.entered';
      machineName: string;
      executionName: string;
      stateName: string;
      stateType: string;
    }
  /** A state failed and is tried again. */
  | {
      kind: 'state.retry';
      machineName: string;
      executionName: string;
      stateName: string;
      attempt: number;
      delayMs: number;
      error: string;
    }
  /** A task of an execution failed or took too long; a retrier or catcher may take it. */
  | { kind: 'task.failed'; machineName: string; executionName: string; error?: string; cause?: string };
