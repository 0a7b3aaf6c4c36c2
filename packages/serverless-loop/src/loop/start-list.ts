type Stop = () => void | Promise<void>;

/** Keeps what was started, and stops it backwards, each once: whoever calls a service ends before it. */
export interface StartList {
  /** Takes a service that runs, and gives it back. */
  add<Service extends { stop: Stop }>(service: Service): Service;
  /** Resolves when all of it has ended, what is added meanwhile, too. */
  stop(): Promise<void>;
}

export function startList(): StartList {
  const stops: Stop[] = [];
  let stopped = Promise.resolve();

  async function stopAll(): Promise<void> {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
  }

  return {
    add(service) {
      stops.push(() => service.stop());
      return service;
    },
    stop() {
      // After one that failed, the rest can be stopped all the same.
      stopped = stopped.then(stopAll, stopAll);
      return stopped;
    },
  };
}
