import { StepFailure } from './step.ts';

/** A step's time is over. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';

  constructor(limitMs: number) {
    super(`took longer than its limit of ${limitMs / 1_000} s`);
  }
}

/** A step may take so long to heed an abort before it is left behind: a tool gets a signal, and another after 5 s. */
const GRACE_MS = 10_000;

/**
 * Runs `work` with a signal that is aborted when `interrupt` is or after `limitMs`; throws TimeLimitError in the second
 * case, unless `work` has a reason of its own, and whatever `work` throws otherwise. Work that doesn't heed its signal is left behind.
 */
export async function withinLimit<Value>(
  limitMs: number,
  interrupt: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new TimeLimitError(limitMs)), limitMs);
  const signal = AbortSignal.any([interrupt, limit.signal]);
  const { promise: leftBehind, reject } = Promise.withResolvers<never>();
  let grace: NodeJS.Timeout | undefined;
  const onAbort = () => {
    grace = setTimeout(() => reject(signal.reason), GRACE_MS);
  };
  signal.addEventListener('abort', onAbort);
  try {
    signal.throwIfAborted();
    return await Promise.race([work(signal), leftBehind]);
  } catch (error) {
    const isForLimit = limit.signal.aborted && !interrupt.aborted && !(error instanceof StepFailure);
    throw isForLimit ? limit.signal.reason : error;
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    signal.removeEventListener('abort', onAbort);
  }
}
