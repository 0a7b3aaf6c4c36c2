import type { Report } from '../../../facts.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { Retried } from '../interpreter/step.ts';
import type { StateMachineModel } from '../machines/state-machine.ts';

export interface FactTeller {
  onEvent(event: HistoryEvent): void;
  onRetry(retry: Retried): void;
}

const ENDS: Readonly<Record<string, 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

/** Tells of an execution what happens in it, without its data. */
export function factTeller(
  { name: machineName, type }: StateMachineModel,
  { name, arn }: { name: string; arn: string },
  startedMs: number,
  report: Report,
): FactTeller {
  const own = { machineName, executionName: name };
  return {
    onEvent({ type: eventType, timestampMs, details }) {
      const status = ENDS[eventType];
      const { error, cause } = errorOf(details?.value);
      const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      if (eventType === 'ExecutionStarted')
        report({ kind: 'execution.started', ...own, executionArn: arn, machineType: type });
      else if (status)
        report({
          kind: 'execution.ended',
          ...own,
          executionArn: arn,
          status,
          durationMs: timestampMs - startedMs,
          ...failure,
        });
      else if (eventType.endsWith('StateEntered'))
        report({
          kind: 'state.entered',
          ...own,
          stateName: String(details?.value.name),
          stateType: eventType.slice(0, -'StateEntered'.length),
        });
      else if (/^(Task|LambdaFunction|Activity)(Failed|TimedOut)$/.test(eventType))
        report({ kind: 'task.failed', ...own, ...failure });
    },
    onRetry({ stateName, error, attempt, delayMs }) {
      report({ kind: 'state.retry', ...own, stateName, attempt, delayMs, error: error.error ?? '' });
    },
  };
}

/** A cause is told as far as a line of it goes. */
function errorOf({ error, cause }: { error?: unknown; cause?: unknown } = {}) {
  return {
    error: typeof error === 'string' ? error : undefined,
    cause: typeof cause === 'string' ? cause.slice(0, 500) : undefined,
  };
}
