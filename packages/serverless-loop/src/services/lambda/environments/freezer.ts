/**
 * Freezes the processes of an environment while nothing is asked of it: neither timers nor sockets go on, and the clock has
 * jumped when it thaws (Lambda guide, "Understanding the execution environment lifecycle": "Lambda freezes the execution
 * environment when the runtime and each extension have completed and there are no pending events").
 */
export interface Freezer {
  /** Nothing is asked of it any more. */
  rest(): void;
  /** To be called before something is asked. */
  wake(): void;
  /** Its runtime has nothing to do for itself any more, such as writing what it has compiled. */
  settle(): void;
  stop(): void;
}

/** Callers that come one after the other, without a pause, shouldn't pay for each. */
const PATIENCE_MS = 10;

/** `signal` goes to all of them. */
export function freezer(signal: (name: 'SIGSTOP' | 'SIGCONT') => void, isSettled = false): Freezer {
  let settled = isSettled;
  let resting = false;
  let frozen = false;
  let timer: NodeJS.Timeout | undefined;

  function freezeSoon(): void {
    clearTimeout(timer);
    if (resting && settled) timer = setTimeout(freeze, PATIENCE_MS).unref();
  }

  function freeze(): void {
    frozen = true;
    signal('SIGSTOP');
  }

  return {
    rest() {
      resting = true;
      freezeSoon();
    },
    wake() {
      clearTimeout(timer);
      resting = false;
      if (frozen) signal('SIGCONT');
      frozen = false;
    },
    settle() {
      settled = true;
      freezeSoon();
    },
    stop: () => clearTimeout(timer),
  };
}
