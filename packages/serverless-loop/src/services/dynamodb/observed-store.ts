import type { JsonObject } from '../../aws/operation.ts';
import type { Store } from './dynalite.ts';
import type { ItemWrite } from './write.ts';

export interface ObservedStore {
  store: Store;
  /** What was written, in order. */
  writes: Omit<ItemWrite, 'operation'>[];
  /** The item that was read last: for an action on one item the very one its condition was checked on. */
  itemRead(): JsonObject | undefined;
}

/** The same store for one call, keeping the images that the call reads and writes under dynalite's own locks. */
export function observe(store: Store): ObservedStore {
  const writes: ObservedStore['writes'] = [];
  let itemRead: JsonObject | undefined;
  return {
    writes,
    itemRead: () => itemRead,
    store: {
      ...store,
      // An action on an item asks for the table's items once, so that what it reads is what it then replaces.
      getItemDb(tableName) {
        const items = store.getItemDb(tableName);
        let oldImage: JsonObject | undefined;
        return {
          ...items,
          get(key, done) {
            items.get(key, (error, item) => {
              oldImage = item;
              itemRead = item;
              done(error, item);
            });
          },
          put(key, newImage, done) {
            items.put(key, newImage, (error) => {
              if (!error) writes.push({ tableName, newImage, oldImage });
              done(error);
            });
          },
          del(key, done) {
            items.del(key, (error) => {
              if (!error && oldImage) writes.push({ tableName, newImage: undefined, oldImage });
              done(error);
            });
          },
        };
      },
    },
  };
}
