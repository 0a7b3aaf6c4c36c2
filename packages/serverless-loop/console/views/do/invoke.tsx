import { useConsole } from '../../app/context.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useAction } from '../../parts/action.tsx';
import { JsonField, parsedJson } from '../../parts/json-field.tsx';
import { Empty, Problem } from '../../parts/notice.tsx';
import { ChoiceField } from '../../parts/text-field.tsx';
import { useState } from '../../preact.ts';
import { type Invoked, InvokeResult } from './invoke-result.tsx';

const OWN = '';
const TYPES = [
  ['RequestResponse', 'and wait for the answer'],
  ['Event', 'asynchronously, with retries'],
  ['DryRun', 'not at all: only check'],
] as const;

/** Invokes a function with a file of the project's, or with an event as it is typed. */
export function Invoke() {
  const { stack, address, go } = useConsole();
  const files = useAnswer('files', () => ask<{ files: readonly { name: string }[] }>('event-files'));
  const [file, setFile] = useState(OWN);
  const [event, setEvent] = useState('{}');
  const [type, setType] = useState('RequestResponse');
  const [result, setResult] = useState<Invoked>();
  const { run, isBusy, error, done } = useAction();
  const functions = stack?.functions ?? [];
  const chosen = functions.find(({ logicalId }) => logicalId === address.opened[1]) ?? functions[0];
  const name = chosen?.logicalId || chosen?.name;

  const choose = (next: string) => {
    setFile(next);
    if (next === OWN) return;
    void run(async () => {
      const { text } = await ask<{ text: string }>('event-file', { name: next });
      setEvent(text);
      return undefined;
    });
  };
  const invoke = () =>
    run(async () => {
      setResult(undefined);
      const read = parsedJson(event);
      const answer = await send<Invoked>('invoke', { name, event: 'value' in read ? read.value : {}, type });
      setResult(answer);
      return answer.functionError === undefined ? 'Invoked.' : undefined;
    });

  if (stack && functions.length === 0)
    return (
      <Empty title="The stack has no function">
        {<p>AWS::Serverless::Function of the template makes one.</p>}
      </Empty>
    );
  return (
    <div class="columns">
      <div class="form">
        <div class="fields">
          <ChoiceField
            label="Function"
            value={name ?? ''}
            of={functions.map((fn) => fn.logicalId || fn.name)}
            onValue={(next) => go({ view: 'do', opened: ['invoke', next] })}
          />
          <ChoiceField label="Invoke it" value={type} of={TYPES} onValue={setType} />
          <ChoiceField
            label="Event from"
            value={file}
            of={[[OWN, 'my own JSON'], ...(files.value?.files.map((each) => each.name) ?? [])]}
            onValue={choose}
          />
        </div>
        <JsonField
          label="Event"
          text={event}
          onText={(text) => {
            setFile(OWN);
            setEvent(text);
          }}
          rows={18}
        />
        <div class="buttons">
          <button
            type="button"
            class="primary"
            disabled={isBusy || name === undefined || 'problem' in parsedJson(event)}
            onClick={() => void invoke()}
          >
            Invoke
          </button>
          {isBusy && <span class="quiet">Running…</span>}
          {done !== undefined && <span class="good">{done}</span>}
        </div>
        <Problem text={error ?? files.error} />
      </div>
      {result && <InvokeResult of={result} />}
    </div>
  );
}
