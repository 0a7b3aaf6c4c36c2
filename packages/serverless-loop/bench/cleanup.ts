/** Stops all that has to be stopped at the end, however the end comes. */
export interface Cleanup {
  /** Anything that comes after the end is stopped at once. */
  add(stop: () => void | Promise<void>): void;
  /** Stops everything, the last added first, each even when one before it failed. */
  run(): Promise<void>;
}

export function startCleanup(): Cleanup {
  const stops: (() => void | Promise<void>)[] = [];
  let ended = false;
  return {
    add(stop) {
      if (ended) void stop();
      else stops.push(stop);
    },
    async run() {
      ended = true;
      const failures: unknown[] = [];
      for (let stop = stops.pop(); stop; stop = stops.pop()) {
        try {
          await stop();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.');
    },
  };
}
