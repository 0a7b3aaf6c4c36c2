import type { Done, Store, ValueDb } from './dynalite.ts';

/**
 * The same store for one action, surviving the action's own bugs: dynalite's code runs in callbacks, where an exception
 * would end the whole loop. It gives the action's locks free and goes to `crashed` instead.
 */
export function guard(store: Store, crashed: (error: unknown) => void): Store {
  const unlocks: (() => void)[] = [];

  function safely<T>(done: Done<T>): Done<T> {
    return (error, value) => {
      try {
        done(error, value);
      } catch (crash) {
        for (const unlock of unlocks.splice(0)) unlock();
        crashed(crash);
      }
    };
  }

  return {
    ...store,
    getTable(name, checkStatus, done) {
      if (typeof checkStatus === 'function') store.getTable(name, safely(checkStatus));
      else if (done) store.getTable(name, checkStatus, safely(done));
    },
    getItemDb(tableName): ValueDb {
      const items = store.getItemDb(tableName);
      return {
        ...items,
        get: (key, done) => items.get(key, safely(done)),
        lock(key, task) {
          items.lock(key, (release) => {
            unlocks.push(() => release(() => undefined)(null));
            task(release);
          });
        },
      };
    },
  };
}
