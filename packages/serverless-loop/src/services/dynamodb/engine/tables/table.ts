import type { KeyAttributes } from '../expressions/key-range.ts';
import { encodedKey } from '../items/item-key.ts';
import type { StoredMap } from '../storage/store.ts';
import { type Expiries, startExpiries } from '../ttl/expiries.ts';
import type { Item } from '../values/attribute-value.ts';
import { sizeOf } from '../values/size.ts';
import { type Index, startIndex } from './index-entries.ts';
import { type IndexSettings, keyAttributes, type TableSettings } from './table-settings.ts';

/** A table with its items, and what is derived of them: indexes, the times of expiry, sizes. */
export interface Table {
  readonly settings: TableSettings;
  readonly key: KeyAttributes;
  readonly items: StoredMap<Item>;
  /** All that hold items, local ones first. */
  readonly indexes: readonly Index[];
  readonly expiries: Expiries | undefined;
  sizeBytes(): number;
  index(name: string): Index | undefined;
  /** Of an item whose key was checked. */
  keyOf(item: Item): string;
  /** Follows other settings: makes the indexes that they have, of the items that are there, and drops the others. */
  change(settings: TableSettings): void;
  /** Follows that all items were removed at once. */
  emptied(): void;
  /** Follows an item that was put, replaced or removed. */
  replaced(oldItem: Item | undefined, item: Item | undefined): void;
}

export function startTable(initial: TableSettings, items: StoredMap<Item>): Table {
  const key = keyAttributes(initial.keySchema, initial.attributes);
  let settings = initial;
  let indexes: Index[] = [];
  let expiries: Expiries | undefined;
  let sizeBytes = 0;
  for (const [, item] of items.entries()) sizeBytes += sizeOf(item);

  function change(changed: TableSettings): void {
    settings = changed;
    indexes = [
      ...changed.localIndexes.map((index) => existing('local', index) ?? filled('local', index)),
      ...changed.globalIndexes
        .filter(({ status }) => status !== 'CREATING' && status !== 'DELETING')
        .map((index) => existing('global', index) ?? filled('global', index)),
    ];
    const attribute = changed.timeToLive?.attribute;
    if (expiries?.attribute !== attribute) {
      expiries = attribute === undefined ? undefined : startExpiries(attribute);
      for (const [itemKey, item] of items.entries()) expiries?.replaced(itemKey, undefined, item);
    }
  }

  const existing = (kind: Index['kind'], { name }: IndexSettings) =>
    indexes.find((index) => index.kind === kind && index.name === name);

  function filled(kind: Index['kind'], { name, keySchema, projection }: IndexSettings): Index {
    const index = startIndex(name, kind, keyAttributes(keySchema, settings.attributes), key, projection);
    for (const [, item] of items.entries()) {
      if (index.holds(item)) index.replaced(undefined, item);
    }
    return index;
  }

  const table: Table = {
    key,
    items,
    get settings() {
      return settings;
    },
    get indexes() {
      return indexes;
    },
    get expiries() {
      return expiries;
    },
    sizeBytes: () => sizeBytes,
    index: (name) => indexes.find((index) => index.name === name),
    keyOf(item) {
      const encoded = encodedKey(key, item);
      if (encoded === undefined) throw new Error(`An item of ${settings.name} has no key`);
      return encoded;
    },
    change,
    emptied() {
      indexes = [];
      expiries = undefined;
      sizeBytes = 0;
      change(settings);
    },
    replaced(oldItem, item) {
      for (const index of indexes) index.replaced(oldItem, item);
      if (expiries) {
        const of = item ?? oldItem;
        if (of) expiries.replaced(table.keyOf(of), oldItem, item);
      }
      sizeBytes += (item ? sizeOf(item) : 0) - (oldItem ? sizeOf(oldItem) : 0);
    },
  };
  change(initial);
  return table;
}
