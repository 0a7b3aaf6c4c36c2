/** Those who want to hear of a thing, which may come later than they. */
export interface Listeners {
  /** Calls the listener at each change of the thing until it is told to stop. It must not throw. */
  on(thing: string, listener: () => void): { stop(): void };
  tell(thing: string): void;
}

export function listenersByThing(): Listeners {
  const byThing = new Map<string, Set<() => void>>();
  return {
    on(thing, listener) {
      const listeners = byThing.get(thing) ?? new Set();
      byThing.set(thing, listeners);
      listeners.add(listener);
      return {
        stop() {
          listeners.delete(listener);
          if (listeners.size === 0) byThing.delete(thing);
        },
      };
    },
    tell(thing) {
      for (const listener of byThing.get(thing) ?? []) listener();
    },
  };
}
