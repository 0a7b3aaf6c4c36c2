import type { OrderedMap } from './sorted-map.ts';

/**
 * The place where everything is kept: ordered maps by name, changed in batches. A batch is done as a whole or not at
 * all, and once `commit` returns it outlives the death of the process.
 */
export interface Store {
  /**
   * The map of this name, empty until something is put into it. `read` makes a value of the JSON that an earlier process
   * wrote. To be asked for once a name.
   */
  map<V>(name: string, read: (json: unknown) => V): StoredMap<V>;
  /** Of the maps that have something in them. */
  names(): string[];
  commit(changes: readonly Change[]): void;
  close(): Promise<void>;
}

export interface StoredMap<V> extends OrderedMap<V> {
  put(key: string, value: V): Change;
  remove(key: string): Change;
  /** Removes all, the map's name too. */
  clear(): Change;
}

/** A change that a batch makes. It takes effect by `commit` alone. */
export interface Change {
  readonly map: string;
  /** Of all keys when absent. */
  readonly key?: string;
  /** JSON; removed when absent. */
  readonly value?: unknown;
  /** Makes the change in memory; for stores only. */
  apply(): void;
}
