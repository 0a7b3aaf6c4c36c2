import type { Again } from '../../../src/console/message-words.ts';
import { send } from '../../app/loop-api.ts';
import { useNames } from '../../app/use-names.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Code } from '../../parts/code.tsx';
import { Members } from '../../parts/detail.tsx';
import { Question } from '../../parts/dialog.tsx';
import { Id } from '../../parts/id.tsx';
import { parsedJson } from '../../parts/json-field.tsx';
import { type Meaning, StateWord } from '../../parts/state-word.tsx';
import { Time } from '../../parts/time.tsx';
import { useState } from '../../preact.ts';
import { shownText } from '../../state/words.ts';
import type { Message } from './answers.ts';
import { redriven } from './redrive.ts';

const STATES: Readonly<Record<Message['state'], readonly [Meaning, string]>> = {
  visible: ['quiet', 'to receive'],
  inFlight: ['warning', 'in flight'],
  delayed: ['quiet', 'delayed'],
};

/** A message: why it is here, how it is tried again, what is in it. */
export function MessageCard({
  queueName,
  message,
  onChange,
}: {
  queueName: string;
  message: Message;
  onChange(): void;
}) {
  const nameOf = useNames();
  const [isAsking, setIsAsking] = useState(false);
  const { messageId, body, attributes, systemAttributes, sentAt, receiveCount, state, why, again } = message;
  const [meaning, word] = STATES[state];
  const read = parsedJson(body);
  const told = Object.entries({ ...systemAttributes, ...attributes });
  return (
    <article class="card" aria-label={`Message ${messageId.slice(0, 8)}`}>
      <div class="card-head">
        <Id id={messageId} />
        <span class="quiet small">
          <StateWord meaning={meaning} word={word} /> · <Time at={sentAt} /> · received {receiveCount} times
        </span>
      </div>
      {why !== undefined && <p class="bad said">{shownText(why).text}</p>}
      <details>
        <summary class="quiet small">Body, {body.length.toLocaleString()} characters</summary>
        <Code value={'value' in read ? read.value : body} label="body" />
      </details>
      {told.length > 0 && (
        <details>
          <summary class="quiet small">Attributes, {told.length}</summary>
          <Members of={told.map(([name, value]) => [shownText(name).text, attributeText(value)] as const)} />
        </details>
      )}
      {state === 'visible' && (
        <div class="buttons">
          {again !== undefined && again.do !== 'choose' && (
            <>
              <ActionButton act={() => redriven(queueName, [messageId], onChange)}>Redrive</ActionButton>
              <span class="quiet small">{againWords(again, nameOf)}</span>
            </>
          )}
          <button type="button" class="plain" onClick={() => setIsAsking(true)}>
            Delete
          </button>
        </div>
      )}
      {isAsking && (
        <Question
          title="Delete the message?"
          text={`The message ${messageId.slice(0, 8)}… is gone then.`}
          yes="Delete"
          act={async () => {
            await send('queue/delete', { name: queueName, messageId });
            onChange();
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </article>
  );
}

function againWords(again: Again, nameOf: (name: string) => string): string {
  switch (again.do) {
    case 'invoke':
      return `invokes ${nameOf(again.functionArn)} with the event`;
    case 'put event':
      return 'puts the event on its bus';
    case 'move':
      return `moves it back to ${nameOf(again.toArn)}`;
    case 'choose':
      return '';
  }
}

function attributeText(value: unknown): string {
  const text =
    typeof value === 'object' && value !== null && 'stringValue' in value ? String(value.stringValue) : value;
  return shownText(typeof text === 'string' ? text : (JSON.stringify(text) ?? '')).text;
}
