import { AwsError } from '../aws/errors.ts';
import { isObject } from '../aws/json-object.ts';
import type { ConsoleContext } from './context.ts';
import { type Again, messageWords } from './message-words.ts';

type Parts = Pick<ConsoleContext, 'messagesOf' | 'redrive' | 'withdraw' | 'call'>;

/**
 * Tries messages of a queue again, each as its own words say: back into the queue that gave it up, as another invocation of
 * the function, or onto its bus.
 * Each is taken out of the queue once it was accepted. A message that says nothing of where it came from is left. Rejects with AwsError, with those before it tried.
 */
export async function tryAgain(
  queueName: string,
  { messageIds }: { messageIds?: readonly string[] },
  { messagesOf, redrive, withdraw, call }: Parts,
  signal: AbortSignal,
): Promise<{ moved: number; left: number }> {
  const all = messagesOf(queueName) ?? [];
  const wanted = messageIds && new Set(messageIds);
  const messages = all.filter(
    ({ messageId, state }) => state === 'visible' && (!wanted || wanted.has(messageId)),
  );
  let moved = 0;
  for (const message of messages) {
    const { messageId } = message;
    const { again } = messageWords(message);
    if (again.do === 'choose') continue;
    if (again.do === 'move') {
      moved += redrive(queueName, { messageIds: [messageId] });
      continue;
    }
    await doAgain(again, call, signal);
    withdraw(queueName, messageId);
    moved += 1;
  }
  const left = messages.length - moved;
  if (moved === 0 && left > 0)
    throw new AwsError(
      'InvalidParameterValue',
      'None of the messages says where it came from: tell the queue that they are to go to.',
    );
  return { moved, left };
}

async function doAgain(
  again: Exclude<Again, { do: 'choose' | 'move' }>,
  call: Parts['call'],
  signal: AbortSignal,
): Promise<void> {
  if (again.do === 'invoke') {
    const { functionArn, event } = again;
    const input = {
      FunctionName: functionArn,
      InvocationType: 'Event',
      Payload: JSON.stringify(event ?? {}),
    };
    await call('lambda', 'Invoke', input, signal);
    return;
  }
  const { source, detail, resources, 'detail-type': detailType } = again.event;
  const entry = {
    Source: source,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    EventBusName: again.busName,
    ...(Array.isArray(resources) && { Resources: resources }),
  };
  const { Entries } = await call('events', 'PutEvents', { Entries: [entry] }, signal);
  const [answer] = Array.isArray(Entries) ? Entries : [];
  if (isObject(answer) && answer.ErrorCode !== undefined)
    throw new AwsError(String(answer.ErrorCode), String(answer.ErrorMessage));
}
