import { useConsole } from '../../app/context.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useNames } from '../../app/use-names.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Detail, Section } from '../../parts/detail.tsx';
import { Question } from '../../parts/dialog.tsx';
import { Problem } from '../../parts/notice.tsx';
import { useState } from '../../preact.ts';
import type { QueueAnswer, QueueSummary } from './answers.ts';
import { MessageCard } from './message-card.tsx';
import { NewMessage } from './new-message.tsx';
import { redriven } from './redrive.ts';

/** So many messages are shown, the ones that are received first. */
const MAX_MESSAGES = 100;

/** A queue with its messages, read in words. */
export function QueueDetail({ queueName, queue }: { queueName: string; queue: QueueSummary | undefined }) {
  const { facts } = useConsole();
  const nameOf = useNames();
  const [isAsking, setIsAsking] = useState(false);
  const { value, error, refresh } = useAnswer(
    queueName,
    () => ask<QueueAnswer>('queue', { name: queueName, limit: MAX_MESSAGES }),
    [facts.groups.queues],
  );
  const messages = value?.messages ?? [];
  const canRedrive = messages.some(({ again }) => again !== undefined && again.do !== 'choose');
  return (
    <Detail
      title={nameOf(queueName)}
      subtitle={
        queue && `${queue.visible} to receive, ${queue.notVisible} in flight, ${queue.delayed} delayed`
      }
    >
      <div class="buttons">
        {canRedrive && (
          <ActionButton kind="primary" act={() => redriven(queueName, undefined, refresh)}>
            Redrive all
          </ActionButton>
        )}
        <button type="button" class="danger" disabled={value?.count === 0} onClick={() => setIsAsking(true)}>
          Purge
        </button>
      </div>
      <Problem text={error} />
      <Section title="Messages">
        {value?.count === 0 && (
          <p class="quiet">The queue is empty. Send a message below, or wait for one.</p>
        )}
        {messages.map((message) => (
          <MessageCard key={message.messageId} queueName={queueName} message={message} onChange={refresh} />
        ))}
        {value && value.count > messages.length && (
          <p class="quiet small">{value.count - messages.length} more are not shown.</p>
        )}
      </Section>
      <NewMessage queueName={queueName} onSent={refresh} />
      {isAsking && (
        <Question
          title={`Purge ${nameOf(queueName)}?`}
          text={`All ${value?.count ?? 0} messages are gone then, those in flight too.`}
          yes="Purge"
          act={async () => {
            await send('queue/purge', { name: queueName });
            refresh();
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Detail>
  );
}
