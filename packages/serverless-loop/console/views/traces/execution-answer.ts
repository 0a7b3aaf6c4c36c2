import type { HistoryEvent } from '../../state/execution-steps.ts';
import type { ExecutionStatus } from '../../state/executions.ts';

/** The loop's answers about state machines, as docs/console-api.md has them. */
export interface MachinesAnswer {
  machines: readonly { logicalId: string; name: string; arn: string }[];
}

export interface ExecutionAnswer {
  arn: string;
  machine: string;
  name: string;
  status: ExecutionStatus;
  startedAt: string;
  endedAt?: string;
  input: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
  history: readonly HistoryEvent[];
}
