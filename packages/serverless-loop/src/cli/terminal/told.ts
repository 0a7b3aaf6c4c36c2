/**
 * Remembers what the terminal has shown of a request: a function logs an error, its runtime logs it again, and both once more at
 * each attempt, which all have the same request id.
 */
export interface Told {
  /** True the first time that this is told of the request; from now on it has been. */
  isNew(requestId: string, what: string): boolean;
  has(requestId: string, what: string): boolean;
}

/** More requests at once than a person follows. */
const MAX_REQUESTS = 500;
const MAX_TOLD = 1000;

export function nothingTold(): Told {
  const toldOf = new Map<string, Set<string>>();
  const has = (requestId: string, what: string) => toldOf.get(requestId)?.has(what) ?? false;
  return {
    has,
    isNew(requestId, what) {
      if (has(requestId, what)) return false;
      const told = toldOf.get(requestId) ?? new Set();
      if (told.size < MAX_TOLD) told.add(what);
      toldOf.set(requestId, told);
      const [oldest] = toldOf.keys();
      if (toldOf.size > MAX_REQUESTS && oldest !== undefined) toldOf.delete(oldest);
      return true;
    },
  };
}
