import type { FactSource, SourceEvents } from '../state/connection.ts';

/** Milliseconds in which facts are gathered into one change of the page. */
const GATHERED_MS = 100;
/** Drawing takes no more than a tenth of a core from the loop, whose machine it shares: a second's rows are read as one, anyway. */
const DRAWING_SHARE = 1 / 10;
const MAX_GATHERED_MS = 1_000;

/** Opens the loop's stream of facts: from a place on, or with all that the loop still has. */
export function openFacts(after: string | undefined, { onFacts, onOpen, onError }: SourceEvents): FactSource {
  const source = new EventSource(`/_loop/facts/stream?${new URLSearchParams({ after: after ?? '0' })}`);
  source.addEventListener('facts', ({ data }) => onFacts(String(data)));
  source.addEventListener('open', onOpen);
  source.addEventListener('error', () => onError(source.readyState === EventSource.CLOSED));
  return source;
}

/**
 * Runs the task once, when facts were gathered for a while: by a timer, since a tab in the background draws no frames and
 * would gather for ever. Where drawing is slow, it waits so long that drawing keeps to its share.
 */
export function gathering(): (task: () => void) => void {
  let lastMs = 0;
  return (task) => {
    setTimeout(
      () => {
        const before = performance.now();
        task();
        // Preact draws after the task.
        setTimeout(() => {
          lastMs = performance.now() - before;
        });
      },
      Math.max(GATHERED_MS, Math.min(lastMs / DRAWING_SHARE, MAX_GATHERED_MS)),
    );
  };
}

export function later(task: () => void, ms: number): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}
