import { readUnits } from '../items/consumed-capacity.ts';
import { HASH_SPACE, hashPrefix } from '../storage/partition-hash.ts';
import type { KeyRange } from '../storage/sorted-map.ts';
import type { Table } from '../tables/table.ts';

/** An entry that was read: its key as it is stored, and its size. */
export interface EntrySize {
  readonly place: string;
  readonly sizeBytes: number;
}

interface PageRead {
  readonly table: Table;
  readonly range: KeyRange;
  readonly selection: { readonly isConsistent: boolean };
  readonly isScan?: boolean;
}

/** A new table on demand has so many: 4,000 units of writing (DynamoDB guide, "On-demand capacity mode", at 1,000 a partition). */
const PARTITIONS_ON_DEMAND = 4;

const STARTS = Array.from({ length: PARTITIONS_ON_DEMAND }, (_, at) =>
  at === 0 ? '' : hashPrefix((HASH_SPACE / PARTITIONS_ON_DEMAND) * at),
);

/**
 * The units of a page. A scan reads each partition that it passes, the empty ones too, and pays for each at least the
 * smallest read: one of a small table on demand costs 2, or 4 where it is consistent
 * (scylladb, test/alternator/test_returnconsumedcapacity.py, test_scan_consumed_capacity; stackoverflow.com/questions/70121087).
 */
export function unitsOf(request: PageRead, sizes: readonly EntrySize[], more: boolean): number {
  const { isConsistent } = request.selection;
  const isSpread = request.isScan && request.table.settings.billingMode === 'PAY_PER_REQUEST';
  if (!isSpread) return readUnits(bytesOf(sizes), isConsistent);
  const { from = '', to } = request.range;
  const end = more ? sizes.at(-1)?.place : undefined;
  return STARTS.map((start, at) => {
    const next = STARTS[at + 1];
    const isPassed =
      (next === undefined || from < next) &&
      (to === undefined || start < to) &&
      (end === undefined || start <= end);
    if (!isPassed) return 0;
    const own = sizes.filter(({ place }) => place >= start && (next === undefined || place < next));
    return readUnits(bytesOf(own), isConsistent);
  }).reduce((sum, units) => sum + units, 0);
}

const bytesOf = (sizes: readonly EntrySize[]): number =>
  sizes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
