import { Readable } from 'node:stream';
import type { FactAnswers, Place } from './fact-answer.ts';
import type { FactGroup } from './fact-group.ts';
import type { KeptFacts } from './kept-facts.ts';

export interface FactEventsOptions {
  kept: KeptFacts;
  answers: FactAnswers;
  from: Place;
  groups?: readonly FactGroup[];
  /** Aborted when the reader has gone. */
  signal: AbortSignal;
  /** Real milliseconds between two batches, so that a page is not asked to draw for each fact. */
  pauseMs?: number;
  /** Real milliseconds after which a quiet stream says that it is alive. */
  quietMs?: number;
}

const MAX_PER_BATCH = 500;
/** A reader that has lost the stream asks again after so long. */
const RETRY_MS = 1_000;

/**
 * Facts as server-sent events (WHATWG, HTML, "Server-sent events"): an event `facts` a batch, its id the place to go on from,
 * which a browser sends as Last-Event-ID. What a slow reader has not taken waits where the facts are kept, and nowhere else:
 * once it gives way there, the batch says what is missed.
 */
export function factEvents(options: FactEventsOptions): Readable {
  // One batch is made when the last one has been taken.
  return Readable.from(batches(options), { highWaterMark: 1 });
}

async function* batches({
  kept,
  answers,
  from,
  groups,
  signal,
  pauseMs = 50,
  quietMs = 15_000,
}: FactEventsOptions): AsyncGenerator<string, void> {
  let { seq, isAnotherRun } = from;
  let isFirst = true;
  while (!signal.aborted) {
    const found = kept.after(seq, { limit: MAX_PER_BATCH, ...(groups && { groups }) });
    const { facts, next, hasMore, missed } = found;
    seq = next;
    if (isFirst || facts.length > 0 || Object.keys(missed).length > 0) {
      const answer = answers.answer(found, isAnotherRun);
      yield `${isFirst ? `retry: ${RETRY_MS}\n` : ''}id: ${answer.next}\nevent: facts\ndata: ${JSON.stringify(answer)}\n\n`;
      isFirst = false;
      isAnotherRun = false;
      if (!hasMore) await pause(pauseMs, signal);
    } else if ((await nextFact(kept, seq, quietMs, signal)) === 'quiet') yield ': quiet\n\n';
  }
}

function nextFact(
  kept: KeptFacts,
  seq: number,
  quietMs: number,
  signal: AbortSignal,
): Promise<'fact' | 'quiet' | 'gone'> {
  if (kept.last() > seq) return Promise.resolve('fact');
  return new Promise((resolve) => {
    const end = (why: 'fact' | 'quiet' | 'gone') => {
      clearTimeout(timer);
      forget();
      signal.removeEventListener('abort', gone);
      resolve(why);
    };
    const gone = () => end('gone');
    const timer = setTimeout(() => end('quiet'), quietMs);
    const forget = kept.onFact(() => end('fact'));
    signal.addEventListener('abort', gone, { once: true });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
