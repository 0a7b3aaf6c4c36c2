import { SortedMap } from './sorted-map.ts';
import type { Change, Store, StoredMap } from './store.ts';

/** Writes a batch where it outlives this process; throws when it can't, and the batch is not done then. */
export type Journal = (changes: readonly Change[]) => void;

/** The maps of a store in memory, by their names. */
export type Maps = Map<string, SortedMap<unknown>>;

/** A store whose maps are in memory. With a journal they can be made again from what it wrote: `found`. */
export function memoryStore(
  found: Maps = new Map(),
  journal: Journal = () => undefined,
  close: () => Promise<void> = async () => undefined,
): Store & { maps: Maps } {
  const maps: Maps = new Map(found);
  let isOpen = true;
  return {
    maps,
    map: (name, read) => storedMap(maps, name, read),
    names: () => [...maps].filter(([, map]) => map.size > 0).map(([name]) => name),
    commit(changes) {
      if (!isOpen) throw new Error('The store is closed');
      journal(changes);
      for (const change of changes) change.apply();
    },
    async close() {
      isOpen = false;
      await close();
    },
  };
}

function storedMap<V>(maps: Maps, name: string, read: (json: unknown) => V): StoredMap<V> {
  const entries = new SortedMap<V>();
  for (const [key, json] of maps.get(name)?.entries() ?? []) entries.set(key, read(json));
  maps.set(name, entries);
  return {
    get size() {
      return entries.size;
    },
    get: (key) => entries.get(key),
    entries: (range, order) => entries.entries(range, order),
    put: (key, value) => ({ map: name, key, value, apply: () => entries.set(key, value) }),
    remove: (key) => ({ map: name, key, apply: () => entries.delete(key) }),
    clear: () => ({ map: name, apply: () => entries.clear() }),
  };
}
