import { send } from '../../app/loop-api.ts';

/** Tries messages of a queue again, each where it came from: all of them, or the ones told. */
export async function redriven(
  queueName: string,
  messageIds: readonly string[] | undefined,
  refresh: () => void,
): Promise<string> {
  const { moved, left } = await send<{ moved: number; left: number }>('queue/redrive', {
    name: queueName,
    messageIds,
  });
  refresh();
  const words = moved === 1 ? '1 message is on its way again.' : `${moved} messages are on their way again.`;
  return left === 0 ? words : `${words} ${left} say nothing of where they came from, and stay.`;
}
