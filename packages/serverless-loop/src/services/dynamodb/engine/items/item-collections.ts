import type { JsonObject } from '../requests/shapes.ts';
import { AFTER_ALL } from '../storage/key-encoding.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { sizeOf } from '../values/size.ts';
import { encodedPartition, encodedParts, keyOf } from './item-key.ts';

const GIGABYTE = 1024 ** 3;

/** The size of an item's collection, which only tables with local indexes have (API reference, "ItemCollectionMetrics"). */
export function collectionMetrics(table: Table, item: Item): { ItemCollectionMetrics?: JsonObject } {
  const metrics = collectionOf(table, item);
  return metrics ? { ItemCollectionMetrics: metrics } : {};
}

export function collectionOf(table: Table, item: Item): JsonObject | undefined {
  if (table.settings.localIndexes.length === 0) return undefined;
  const hash = encodedParts(table.key.hash, item) ?? '';
  const from = encodedPartition(hash);
  const maps = [
    table.items,
    ...table.indexes.filter(({ kind }) => kind === 'local').map(({ entries }) => entries),
  ];
  let sizeBytes = 0;
  for (const map of maps) {
    for (const [, kept] of map.entries({ from, to: from + AFTER_ALL })) sizeBytes += sizeOf(kept);
  }
  const gigabytes = Math.floor(sizeBytes / GIGABYTE);
  return {
    ItemCollectionKey: keyOf(table.key.hash, item),
    SizeEstimateRangeGB: [gigabytes, gigabytes + 1],
  };
}
