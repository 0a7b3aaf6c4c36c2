import { useConsole } from '../../app/context.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Detail } from '../../parts/detail.tsx';
import { JsonField, parsedJson } from '../../parts/json-field.tsx';
import { Problem } from '../../parts/notice.tsx';
import { ChoiceField } from '../../parts/text-field.tsx';
import { useState } from '../../preact.ts';
import { executionAddress } from '../../state/executions.ts';
import type { MachinesAnswer } from './execution-answer.ts';

/** An execution to be started. */
export function NewExecution() {
  const { go, stack } = useConsole();
  const { value, error } = useAnswer('state-machines', () => ask<MachinesAnswer>('state-machines'), [stack]);
  const [chosen, setChosen] = useState<string>();
  const [input, setInput] = useState('{}');
  const machines = value?.machines ?? [];
  const machine = chosen ?? machines[0]?.arn;
  const read = parsedJson(input);
  const start = async () => {
    const { arn } = await send<{ arn: string }>('execution/start', {
      machine,
      input: 'value' in read ? read.value : {},
    });
    go({ view: 'traces', opened: executionAddress(arn) });
    return 'The execution is started.';
  };
  return (
    <Detail title="Start an execution">
      <Problem text={error} />
      {value && machines.length === 0 ? (
        <p class="quiet">
          The stack has no state machine. AWS::Serverless::StateMachine of the template makes one.
        </p>
      ) : (
        <div class="form">
          <ChoiceField
            label="State machine"
            value={machine ?? ''}
            of={machines.map(({ arn, logicalId, name }) => [arn, logicalId || name] as const)}
            onValue={setChosen}
          />
          <JsonField label="Input" text={input} onText={setInput} rows={16} />
          <div class="buttons">
            <ActionButton kind="primary" disabled={machine === undefined || 'problem' in read} act={start}>
              Start
            </ActionButton>
          </div>
        </div>
      )}
    </Detail>
  );
}
