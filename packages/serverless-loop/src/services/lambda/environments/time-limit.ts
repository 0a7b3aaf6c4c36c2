/** A limit in real time: what a function may take is no emulated wait. */
export interface TimeLimit {
  expired(): boolean;
  /** The clock stands still, as while the function stands at a breakpoint. */
  suspend(): void;
  resume(): void;
  clear(): void;
}

/** Calls back once after `limitMs`, unless cleared before. */
export function timeLimit(limitMs: number, onExpiry: () => void): TimeLimit {
  let expired = false;
  let leftMs = limitMs;
  let runsSince = 0;
  let timer: NodeJS.Timeout | undefined;
  let isCleared = false;

  function resume(): void {
    if (timer || expired || isCleared) return;
    runsSince = performance.now();
    timer = setTimeout(() => {
      expired = true;
      onExpiry();
    }, leftMs);
  }

  function suspend(): void {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    leftMs = Math.max(0, leftMs - (performance.now() - runsSince));
  }

  resume();
  return {
    expired: () => expired,
    suspend,
    resume,
    clear() {
      isCleared = true;
      clearTimeout(timer);
    },
  };
}
