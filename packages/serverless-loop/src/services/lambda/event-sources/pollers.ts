/** "Lambda starts processing five batches at a time" (Lambda guide, "Configuring scaling behavior for SQS event source mappings"). */
const FIRST = 5;
/** "… up to 300 more concurrent invocations per minute" (same page). */
const MS_FOR_ONE_MORE = 60_000 / 300;
/** "The maximum … is 1,250" (same page). */
const MAX_POLLERS = 1_250;

/** The batches of a queue that a function may be busy with at once. */
export interface Pollers {
  allowed(): number;
  /** There is nothing left to read. */
  emptied(): void;
  /** A batch went well, and there is more to read. */
  succeeded(): void;
  /** It failed or was throttled: "Lambda gradually backs off" (same guide, "Handling errors for an SQS event source"). */
  failed(): void;
}

/** Grows while there is more to read and shrinks by failures, between one and `maximumConcurrency`. */
export function pollers(elapsedMs: () => number, maximumConcurrency = MAX_POLLERS): Pollers {
  const first = Math.min(FIRST, maximumConcurrency);
  let allowed = first;
  let grownAtMs = elapsedMs();
  return {
    allowed: () => Math.floor(allowed),
    emptied() {
      allowed = Math.min(allowed, first);
      grownAtMs = elapsedMs();
    },
    succeeded() {
      const nowMs = elapsedMs();
      const more = allowed < first ? 1 : (nowMs - grownAtMs) / MS_FOR_ONE_MORE;
      allowed = Math.min(allowed + more, maximumConcurrency);
      grownAtMs = nowMs;
    },
    failed() {
      allowed = Math.max(1, Math.floor(allowed / 2));
      grownAtMs = elapsedMs();
    },
  };
}
