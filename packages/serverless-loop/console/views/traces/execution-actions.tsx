import { useConsole } from '../../app/context.ts';
import { call, send } from '../../app/loop-api.ts';
import { ActionButton } from '../../parts/action.tsx';
import { executionAddress } from '../../state/executions.ts';
import type { ExecutionAnswer } from './execution-answer.ts';

/** All that can be done with an execution. */
export function ExecutionActions({ of: { arn, machine, input, status } }: { of: ExecutionAnswer }) {
  const { go } = useConsole();
  const again = async () => {
    const started = await send<{ arn: string }>('execution/start', { machine, input });
    go({ view: 'traces', opened: executionAddress(started.arn) });
    return 'Started again.';
  };
  const asked = (operation: string, words: string) => async () => {
    await call('states', operation, { executionArn: arn });
    return words;
  };
  return (
    <div class="buttons">
      <ActionButton act={again}>Start again</ActionButton>
      {status === 'RUNNING' && (
        <ActionButton kind="danger" act={asked('StopExecution', 'Stopped.')}>
          Stop
        </ActionButton>
      )}
      {/FAILED|TIMED_OUT|ABORTED/.test(status) && (
        <ActionButton act={asked('RedriveExecution', 'Redriven.')}>Redrive from where it failed</ActionButton>
      )}
    </div>
  );
}
