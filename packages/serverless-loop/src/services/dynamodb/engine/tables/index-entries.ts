import type { KeyAttributes } from '../expressions/key-range.ts';
import { allAttributes, encodedKey, encodedParts, isIndexable } from '../items/item-key.ts';
import { type OrderedMap, SortedMap } from '../storage/sorted-map.ts';
import { type Item, newItem } from '../values/attribute-value.ts';
import { namesOf } from '../values/names.ts';
import { sizeOf } from '../values/size.ts';
import type { Projection } from './table-settings.ts';

/** A secondary index of a table: whole items by the index's key, which the index gives out by its projection. */
export interface Index {
  readonly name: string;
  readonly kind: 'global' | 'local';
  readonly key: KeyAttributes;
  readonly entries: OrderedMap<Item>;
  /** Undefined for all attributes. */
  readonly projected: ReadonlySet<string> | undefined;
  /** The index's key of the item; undefined for one that it does not have. */
  keyOf(item: Item): string | undefined;
  /** True when it can have the item: an item of before the index may have a key that the index doesn't take. */
  holds(item: Item): boolean;
  project(item: Item): Item;
  sizeBytes(): number;
  replaced(oldItem: Item | undefined, item: Item | undefined): void;
}

export function startIndex(
  name: string,
  kind: Index['kind'],
  key: KeyAttributes,
  tableKey: KeyAttributes,
  projection: Projection,
): Index {
  const entries = new SortedMap<Item>();
  const projected = projectedBy(projection, key, tableKey);
  let sizeBytes = 0;

  /** Items of equal index keys are told apart by their table keys, which also give them their order. */
  function keyOf(item: Item): string | undefined {
    const indexKey = encodedKey(key, item);
    return indexKey === undefined ? undefined : indexKey + encodedParts(allAttributes(tableKey), item);
  }

  function project(item: Item): Item {
    if (!projected) return item;
    const kept = newItem();
    for (const attribute of namesOf(item)) {
      const value = item[attribute];
      if (value !== undefined && projected.has(attribute)) kept[attribute] = value;
    }
    return kept;
  }

  return {
    name,
    kind,
    key,
    entries,
    projected,
    keyOf,
    project,
    sizeBytes: () => sizeBytes,
    holds: (item) => isIndexable(item, key),
    replaced(oldItem, item) {
      const had = oldItem && keyOf(oldItem);
      const oldKey = had !== undefined && entries.get(had) ? had : undefined;
      const itemKey = item && keyOf(item);
      if (oldItem && oldKey !== undefined) {
        if (oldKey !== itemKey) entries.delete(oldKey);
        sizeBytes -= sizeOf(project(oldItem));
      }
      if (item && itemKey !== undefined) {
        entries.set(itemKey, item);
        sizeBytes += sizeOf(project(item));
      }
    },
  };
}

function projectedBy(
  { ProjectionType, NonKeyAttributes = [] }: Projection,
  key: KeyAttributes,
  tableKey: KeyAttributes,
): ReadonlySet<string> | undefined {
  if (ProjectionType === 'ALL') return undefined;
  const keys = [...allAttributes(key), ...allAttributes(tableKey)].map(({ name }) => name);
  return new Set([...keys, ...(ProjectionType === 'INCLUDE' ? NonKeyAttributes : [])]);
}
