import { evaluate } from '../expressions/evaluate.ts';
import { project } from '../expressions/project.ts';
import type { Condition, Projection } from '../expressions/syntax.ts';
import { ConsumedCapacity, readUnits } from '../items/consumed-capacity.ts';
import { keyOf } from '../items/item-key.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { KeyRange } from '../storage/sorted-map.ts';
import type { Index } from '../tables/index-entries.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { sizeOf } from '../values/size.ts';
import { type EntrySize, unitsOf } from './page-capacity.ts';
import type { Selection } from './read-selection.ts';
import { startKeyAttributes } from './start-key.ts';

/** DynamoDB guide, "Paginating table query results": the items of a page, before they are filtered. */
const MAX_PAGE_BYTES = 1024 * 1024;

export interface PageRequest {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly range: KeyRange;
  readonly order: 'forward' | 'backward';
  readonly limit: number | undefined;
  readonly filter: Condition | undefined;
  readonly projection: Projection | undefined;
  readonly selection: Selection;
  /** A scan goes through a table's partitions, and a query is in one. */
  readonly isScan?: boolean;
}

/** Reads a page of a Query or Scan and answers it. */
export function answerPage(request: PageRequest): JsonObject {
  const { table, index, filter, projection, selection } = request;
  const { read, sizes, tableBytes, more } = readPage(request);
  const matching = filter ? read.filter((item) => evaluate(filter, item)) : read;
  const last = read.at(-1);
  const consumed = new ConsumedCapacity(table);
  if (selection.capacity !== 'NONE') {
    consumed.read(unitsOf(request, sizes, more), index);
    if (tableBytes > 0) consumed.read(readUnits(tableBytes, selection.isConsistent));
  }
  const capacity = consumed.describe(selection.capacity);
  return {
    ...(selection.select !== 'COUNT' && {
      Items: projection ? matching.map((item) => project(projection, item)) : matching,
    }),
    Count: matching.length,
    ScannedCount: read.length,
    ...(more && last && { LastEvaluatedKey: keyOf(startKeyAttributes(table, index), last) }),
    ...(capacity && { ConsumedCapacity: capacity }),
  };
}

/** The items up to the limit or the size; where one of them ended it, there may be more. */
function readPage({ table, index, range, order, limit, projection, selection }: PageRequest) {
  const isFetched = fetchesWhole(index, projection, selection);
  const see = index && !isFetched ? index.project : (item: Item) => item;
  const read: Item[] = [];
  const sizes: EntrySize[] = [];
  let sizeBytes = 0;
  let tableBytes = 0;
  let more = false;
  for (const [place, whole] of (index?.entries ?? table.items).entries(range, order)) {
    if (sizeBytes >= MAX_PAGE_BYTES) {
      more = true;
      break;
    }
    const item = see(whole);
    read.push(item);
    const itemBytes = sizeOf(index && isFetched ? index.project(whole) : item);
    sizes.push({ place, sizeBytes: itemBytes });
    sizeBytes += itemBytes;
    if (isFetched) tableBytes += sizeOf(whole);
    if (read.length === limit) {
      more = true;
      break;
    }
  }
  return { read, sizes, tableBytes, more };
}

/** A local index gives what it lacks from the table (DynamoDB guide, "Local secondary indexes", fetches). */
function fetchesWhole(
  index: Index | undefined,
  projection: Projection | undefined,
  { select }: Selection,
): boolean {
  const { projected, kind } = index ?? {};
  if (kind !== 'local' || !projected) return false;
  if (select === 'ALL_ATTRIBUTES') return true;
  return projection?.some(([head]) => !projected.has(head)) ?? false;
}
