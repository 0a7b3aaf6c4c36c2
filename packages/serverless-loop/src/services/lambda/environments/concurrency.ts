/** How many invocations of a function may run at once, over all of its versions (Lambda guide, "Reserved concurrency"). */
export interface Concurrency {
  /** False when no more may. */
  enter(): boolean;
  leave(): void;
}

export function reservedConcurrency(limit = Number.POSITIVE_INFINITY): Concurrency {
  let running = 0;
  return {
    enter() {
      if (running >= limit) return false;
      running += 1;
      return true;
    },
    leave() {
      running -= 1;
    },
  };
}
