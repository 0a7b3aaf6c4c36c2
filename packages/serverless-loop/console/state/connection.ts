import type { FactAnswer } from '../../src/console/fact-answer.ts';
import { emptyStore, type FactStore, joined, withAnswer } from './fact-store.ts';

/** A stream of the loop's facts, as the browser's EventSource is one. */
export interface FactSource {
  close(): void;
}

/** Told by the source. */
export interface SourceEvents {
  /** The data of an event `facts`. */
  onFacts(data: string): void;
  onOpen(): void;
  /** `isOver`: it doesn't try again by itself. */
  onError(isOver: boolean): void;
}

export type ConnectionState = 'connecting' | 'open' | 'lost';

export interface Connection {
  store(): FactStore;
  state(): ConnectionState;
  close(): void;
}

export interface ConnectionOptions {
  /** Opens a stream from a place on, or from now on. */
  open(after: string | undefined, events: SourceEvents): FactSource;
  /** Runs the task once, at the next frame that is drawn: batches that come between two frames are one change. */
  atNextFrame(task: () => void): void;
  /** Runs the task after so many milliseconds; returns what calls it off. */
  later(task: () => void, ms: number): () => void;
  /** Told of each change. */
  onChange(): void;
}

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 5_000;

/**
 * Keeps the page's facts up to date for as long as the page is open: after a loss it goes on from the last fact, and a loop
 * that was started again is one more answer.
 */
export function connect({ open, atNextFrame, later, onChange }: ConnectionOptions): Connection {
  let store = emptyStore();
  let state: ConnectionState = 'connecting';
  let pending: FactAnswer[] = [];
  let retryMs = FIRST_RETRY_MS;
  let isClosed = false;
  let callOff = () => {};
  let source = openFrom(undefined);

  function openFrom(after: string | undefined): FactSource {
    return open(after, {
      onOpen() {
        retryMs = FIRST_RETRY_MS;
        become('open');
      },
      onFacts(data) {
        const answer: FactAnswer = JSON.parse(data);
        pending.push(answer);
        if (pending.length === 1) atNextFrame(takePending);
      },
      onError(isOver) {
        become('lost');
        if (isOver) openAgain();
      },
    });
  }

  function openAgain(): void {
    source.close();
    callOff();
    callOff = later(() => {
      takePending();
      if (!isClosed) source = openFrom(store.next);
    }, retryMs);
    retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  }

  function takePending(): void {
    const before = store;
    for (const answer of joined(pending)) store = withAnswer(store, answer);
    pending = [];
    if (store.version !== before.version && !isClosed) onChange();
  }

  function become(next: ConnectionState): void {
    if (isClosed || state === next) return;
    state = next;
    onChange();
  }

  return {
    store: () => store,
    state: () => state,
    close() {
      isClosed = true;
      callOff();
      source.close();
    },
  };
}
