import { AwsError } from '../../aws/errors.ts';
import type { Done, Store, ValueDb } from './dynalite.ts';

export interface StagedStore {
  /** Locks each item that an action asks for, reads the real one, and holds its writes back. */
  store: Store;
  /** The same, but forgets the writes. */
  checkOnly: Store;
  /** Makes the held writes all in one turn of the event loop, so that no reader sees only some of them. */
  commit(): Promise<void>;
  /** Gives the items free again. */
  release(): void;
}

export class RepeatedItemError extends AwsError {
  constructor() {
    super('ValidationException', 'Transaction request cannot include multiple operations on one item');
  }
}

/** A view of the store for one transaction. An action on an item that has its part already ends with RepeatedItemError. */
export function stage(store: Store): StagedStore {
  const releases = new Map<string, () => void>();
  const writes: ((done: Done) => void)[] = [];

  function stagedItems(tableName: string, keep: boolean): ValueDb {
    const items = store.getItemDb(tableName);
    return {
      ...stagedWrites(items, keep),
      lock(key, task) {
        const name = `${tableName} ${key}`;
        if (releases.has(name)) return task((done) => () => done(new RepeatedItemError()));
        items.lock(key, (release) => {
          releases.set(name, () => release(() => undefined)(null));
          task((done) => done);
        });
      },
    };
  }

  function stagedWrites(values: ValueDb, keep: boolean): ValueDb {
    const hold = (write: (done: Done) => void, done: Done) => {
      if (keep) writes.push(write);
      setImmediate(done, null);
    };
    return {
      ...values,
      put: (key, value, done) => hold((end) => values.put(key, value, end), done),
      del: (key, done) => hold((end) => values.del(key, end), done),
    };
  }

  const view = (keep: boolean): Store => ({
    ...store,
    getItemDb: (tableName) => stagedItems(tableName, keep),
    getIndexDb: (...index) => stagedWrites(store.getIndexDb(...index), keep),
  });

  return {
    store: view(true),
    checkOnly: view(false),
    async commit() {
      await Promise.all(writes.map(ended));
    },
    release() {
      for (const release of releases.values()) release();
    },
  };
}

function ended(write: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    write((error) => (error ? reject(error) : resolve()));
  });
}
