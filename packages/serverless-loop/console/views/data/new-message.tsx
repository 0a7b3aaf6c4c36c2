import { send } from '../../app/loop-api.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Section } from '../../parts/detail.tsx';
import { useId, useState } from '../../preact.ts';

export function NewMessage({ queueName, onSent }: { queueName: string; onSent(): void }) {
  const [body, setBody] = useState('');
  const id = useId();
  return (
    <Section title="Send a message">
      <div class="form">
        <div class="field">
          <label for={id}>Body</label>
          <textarea
            id={id}
            rows={4}
            value={body}
            spellcheck={false}
            onInput={({ currentTarget }) => setBody(currentTarget.value)}
          />
        </div>
        <div class="buttons">
          <ActionButton
            disabled={body === ''}
            act={async () => {
              await send('queue/send', { name: queueName, body });
              setBody('');
              onSent();
              return 'Sent.';
            }}
          >
            Send
          </ActionButton>
        </div>
      </div>
    </Section>
  );
}
