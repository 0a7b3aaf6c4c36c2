/** A limit in real time: what a function may take is no emulated wait. */
export interface TimeLimit {
  expired(): boolean;
  clear(): void;
}

/** Calls back once after `limitMs`, unless cleared before. */
export function timeLimit(limitMs: number, onExpiry: () => void): TimeLimit {
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    onExpiry();
  }, limitMs);
  return { expired: () => expired, clear: () => clearTimeout(timer) };
}
