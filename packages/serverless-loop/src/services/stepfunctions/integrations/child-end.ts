import { parsedJson } from '../../../aws/parsed-json.ts';
import { unlessAborted } from '../../../unless-aborted.ts';
import type { KeptExecution } from '../executions/executions.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { TaskCall } from '../interpreter/step.ts';

/**
 * Waits for an execution that a task has started, and stops it when the task is given up. Resolves with what a task `.sync` gives,
 * `resultIsJson` for `.sync:2`; rejects with the StateError `States.TaskFailed`, whose cause is the same (LocalStack's records
 * "test_start_execution_sync*" of AWS, v2/callback).
 */
export async function childEnd(
  kept: KeptExecution,
  { signal }: TaskCall,
  resultIsJson: boolean,
): Promise<unknown> {
  const { execution } = kept;
  try {
    await unlessAborted(execution.ended, signal);
  } catch (error) {
    execution.stop();
    throw error;
  }
  const result = resultOf(kept, resultIsJson);
  if (execution.outcome().status === 'SUCCEEDED') return result;
  throw new StateError('States.TaskFailed', JSON.stringify(resultOf(kept, false)));
}

function resultOf({ execution, inputText, model }: KeptExecution, isJson: boolean) {
  const { status, output, error, cause, stoppedMs } = execution.outcome();
  const { names, startedMs } = execution;
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: names.arn,
    Input: isJson ? parsedJson(inputText, inputText) : inputText,
    InputDetails: { Included: true },
    Name: names.name,
    ...(output !== undefined && {
      Output: isJson ? output : JSON.stringify(output),
      OutputDetails: { Included: true },
    }),
    StartDate: startedMs,
    StateMachineArn: model.arn,
    Status: status,
    StopDate: stoppedMs,
  };
}
