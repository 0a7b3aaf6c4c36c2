/** Work that is put off until nothing else is asked for. */
export interface Settling {
  /** It is done when nobody interrupts for a while. */
  begin(): void;
  /** Resolves when what is under way has ended, and nothing of it comes any more. */
  interrupt(): Promise<void>;
}

/** `settle` is given a signal that is aborted by an interruption; it doesn't reject. */
export function settling(settle: (signal: AbortSignal) => Promise<void>, afterMs: number): Settling {
  let timer: NodeJS.Timeout | undefined;
  let attempt: AbortController | undefined;
  let underWay = Promise.resolve();

  return {
    begin() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        attempt = new AbortController();
        underWay = settle(attempt.signal);
      }, afterMs).unref();
    },
    async interrupt() {
      clearTimeout(timer);
      attempt?.abort();
      await underWay;
    },
  };
}
