import { useConsole } from '../../app/context.ts';
import { send } from '../../app/loop-api.ts';
import { ActionButton } from '../../parts/action.tsx';
import { ChoiceField, TextField } from '../../parts/text-field.tsx';
import { useState } from '../../preact.ts';

const ACTIONS = [
  ['invocation-error', 'an invocation fails'],
  ['invocation-add-delay', 'an invocation starts late'],
  ['invocation-throttle', 'an invocation is throttled'],
  ['invocation-twice', 'an invocation is done twice'],
  ['api-internal-error', 'a call fails inside the service'],
  ['api-throttle-error', 'a call is throttled'],
  ['api-unavailable-error', 'the service is unavailable'],
  ['api-delay', 'a call takes longer'],
  ['api-drop', 'a call is dropped, not done'],
  ['api-lost-answer', 'a call is done, its answer lost'],
  ['api-twice', 'a call is done twice'],
] as const;
const SERVICES = [
  'dynamodb',
  'events',
  'sqs',
  'sns',
  's3',
  'lambda',
  'ssm',
  'secretsmanager',
  'states',
  'kinesis',
];
const ANY = '';
const TIMES = [
  ['always', 'every time'],
  ['nth', 'the n-th time only'],
  ['percentage', 'a share, in percent'],
  ['count', 'so many times, then no more'],
] as const;

/** A fault, put together of what AWS FIS has names for. */
export function FaultForm({ onSet }: { onSet(): void }) {
  const { stack } = useConsole();
  const [action, setAction] = useState('invocation-error');
  const [service, setService] = useState(ANY);
  const [operation, setOperation] = useState('');
  const [fn, setFunction] = useState(ANY);
  const [resource, setResource] = useState('');
  const [times, setTimes] = useState('always');
  const [number, setNumber] = useState('1');
  const [delayMs, setDelayMs] = useState('1000');
  const isCall = action.startsWith('api-');
  const isLate = action.endsWith('delay');
  const functions = stack?.functions.map(({ logicalId, name }) => logicalId || name) ?? [];
  const set = async () => {
    await send('faults', {
      action,
      function: fn || undefined,
      ...(isCall && {
        service: service || undefined,
        operation: operation || undefined,
        resource: resource || undefined,
      }),
      ...(isLate && { delayMs: Number(delayMs) }),
      ...(times !== 'always' && { [times]: Number(number) }),
    });
    onSet();
    return 'The fault is on.';
  };
  return (
    <div class="form">
      <div class="fields">
        <ChoiceField label="Fault" value={action} of={ACTIONS} onValue={setAction} />
        <ChoiceField
          label={isCall ? 'Calls of the function' : 'Function'}
          value={fn}
          of={[[ANY, 'any'], ...functions]}
          onValue={setFunction}
        />
        {isCall && (
          <>
            <ChoiceField
              label="Service"
              value={service}
              of={[[ANY, 'any'], ...SERVICES]}
              onValue={setService}
            />
            <TextField
              label="Operation"
              text={operation}
              onText={setOperation}
              placeholder="any, or PutItem"
            />
            <TextField
              label="Resource"
              text={resource}
              onText={setResource}
              placeholder="any, or a logical id"
            />
          </>
        )}
        {isLate && <TextField label="Milliseconds" isNumber text={delayMs} onText={setDelayMs} />}
        <ChoiceField label="How often" value={times} of={TIMES} onValue={setTimes} />
        {times !== 'always' && <TextField label="Number" isNumber text={number} onText={setNumber} />}
      </div>
      <div class="buttons">
        <ActionButton kind="primary" act={set}>
          Set the fault
        </ActionButton>
      </div>
    </div>
  );
}
