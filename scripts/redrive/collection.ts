import { type Foreign, type Missed, openEnvelope } from './envelope.ts';
import type { Letter, LetterQueue } from './letter-queue.ts';

/** A letter and what is in it. */
export interface Opened<Content> {
  letter: Letter;
  content: Content;
  /** Milliseconds since the process started. */
  takenAtMs: number;
}

/** All that a run has taken off a queue. */
export interface Collection {
  missed: Opened<Missed>[];
  foreign: Opened<Foreign>[];
  /** There may be more on the queue. */
  isFull: boolean;
}

interface Options {
  queue: Pick<LetterQueue, 'take' | 'release'>;
  functionArn: string;
  /** Most misses to take; foreign messages don't count, or they could stand in the way for ever. */
  limit: number;
  signal: AbortSignal;
  elapsedMs: () => number;
  onTaken(count: number): void;
}

/**
 * Takes messages until the queue has none that is new. SQS may give the same one twice, and does when a run takes
 * longer than it holds them: the newest receipt counts, and the message is there once. When SQS fails in between,
 * what was taken is given back.
 */
export async function collect({
  queue,
  functionArn,
  limit,
  signal,
  elapsedMs,
  onTaken,
}: Options): Promise<Collection> {
  const missed = new Map<string, Opened<Missed>>();
  const foreign = new Map<string, Opened<Foreign>>();
  const keep = (letter: Letter) => {
    const content = openEnvelope(letter, functionArn);
    const takenAtMs = elapsedMs();
    if (content.kind === 'missed') missed.set(letter.messageId, { letter, content, takenAtMs });
    else foreign.set(letter.messageId, { letter: { ...letter, body: '' }, content, takenAtMs });
  };
  const taken = () => missed.size + foreign.size;
  try {
    while (missed.size < limit && !signal.aborted) {
      const before = taken();
      for (const letter of await queue.take(limit - missed.size)) keep(letter);
      if (taken() === before) break;
      onTaken(missed.size);
    }
  } catch (error) {
    await queue.release([...missed.values(), ...foreign.values()].map(({ letter }) => letter));
    throw error;
  }
  return { missed: [...missed.values()], foreign: [...foreign.values()], isFull: missed.size >= limit };
}
