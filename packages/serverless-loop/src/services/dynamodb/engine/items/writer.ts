import type { Change, Store } from '../storage/store.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute-value.ts';

/** One item's change, read and checked, and not yet done. */
export interface Write {
  readonly table: Table;
  /** As the table's map has it. */
  readonly key: string;
  readonly oldItem: Item | undefined;
  readonly item: Item | undefined;
}

/** By whom or what items are changed. */
export interface WriteCause {
  /** The API's operation, or `TimeToLive`. */
  readonly operation: string;
  /** As stream records have it, for what no caller did. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: string };
}

/** Told of every write once it is done, in order. Must not throw. */
export type WriteListener = (write: Write, cause: WriteCause) => void;

/** Records writes where streams keep them. */
export interface WriteRecorder {
  /** Gives the changes that are to be stored together with the writes. */
  record(writes: readonly Write[], cause: WriteCause): readonly Change[];
  /** The writes are done. */
  recorded(writes: readonly Write[]): void;
}

export interface Writer {
  /** Does all of the writes, or throws and does none. */
  write(writes: readonly Write[], cause: WriteCause): void;
  observe(listener: WriteListener): void;
}

export function startWriter(store: Store, recorder: WriteRecorder): Writer {
  const listeners: WriteListener[] = [];
  return {
    observe: (listener) => listeners.push(listener),
    write(writes, cause) {
      const changes: Change[] = [];
      for (const { table, key, oldItem, item } of writes) {
        if (item) changes.push(table.items.put(key, item));
        else if (oldItem) changes.push(table.items.remove(key));
      }
      changes.push(...recorder.record(writes, cause));
      if (changes.length > 0) store.commit(changes);
      for (const { table, oldItem, item } of writes) table.replaced(oldItem, item);
      recorder.recorded(writes);
      for (const listener of listeners) for (const write of writes) listener(write, cause);
    },
  };
}
