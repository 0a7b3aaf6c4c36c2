import type { Opened } from './collection.ts';
import type { Missed } from './envelope.ts';
import { HOLD_MS, type LetterQueue } from './letter-queue.ts';

/** The fate of the letters of a run. */
export interface Resent {
  /** Accepted again, and off the queue. */
  sent: number;
  /** Accepted again, but still on the queue: a later run would send them once more. */
  notDeleted: { messageId: string; error: unknown }[];
  /** Refused: still on the queue. */
  failed: { messageId: string; error: unknown }[];
  /** Not tried: the run was interrupted, or had them for so long that others may have them too. */
  notTried: number;
  /** All that is still on the queue and held. */
  toRelease: Opened<Missed>[];
}

interface Options {
  missed: Opened<Missed>[];
  queue: Pick<LetterQueue, 'delete'>;
  /** Resolves when the target has accepted its event. */
  send(missed: Missed): Promise<void>;
  signal: AbortSignal;
  elapsedMs: () => number;
  onDone(count: number): void;
}

/** Sends each event again and deletes its letter after that. An interrupt takes effect between two of them. */
export async function resend({ missed, queue, send, signal, elapsedMs, onDone }: Options): Promise<Resent> {
  const resent: Resent = { sent: 0, notDeleted: [], failed: [], notTried: 0, toRelease: [] };
  for (const [index, opened] of missed.entries()) {
    const { letter, content, takenAtMs } = opened;
    const { messageId } = letter;
    if (signal.aborted || elapsedMs() - takenAtMs > HOLD_MS) {
      resent.notTried += 1;
      resent.toRelease.push(opened);
      continue;
    }
    const refusal = await failureOf(send(content));
    if (refusal) {
      resent.failed.push({ messageId, ...refusal });
      resent.toRelease.push(opened);
    } else {
      const failure = await failureOf(queue.delete(letter));
      if (failure) resent.notDeleted.push({ messageId, ...failure });
      else resent.sent += 1;
    }
    onDone(index + 1);
  }
  return resent;
}

async function failureOf(work: Promise<void>): Promise<{ error: unknown } | undefined> {
  return work.then(
    () => undefined,
    (error) => ({ error }),
  );
}
