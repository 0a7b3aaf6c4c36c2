import type { JsonObject } from '../requests/shapes.ts';
import type { Index } from '../tables/index-entries.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { sizeOf } from '../values/size.ts';
import { equalItems } from './equal-items.ts';

export const CAPACITY_DETAILS = ['INDEXES', 'TOTAL', 'NONE'] as const;
export type CapacityDetail = (typeof CAPACITY_DETAILS)[number];

const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

/** A transaction prepares each item and then does it (DynamoDB guide, "Capacity management for transactions"). */
export const TRANSACTION_FACTOR = 2;

/** A read of so many bytes: 4 KB a unit, half of it unless consistent (DynamoDB guide, "Read consumption"). */
export function readUnits(sizeBytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(sizeBytes / READ_UNIT_BYTES)) * (isConsistent ? 1 : 0.5);
}

/** A write: 1 KB a unit of the larger of what was and what is (DynamoDB guide, "Write consumption"). */
function writeUnits(oldItem: Item | undefined, item: Item | undefined): number {
  const sizeBytes = Math.max(oldItem ? sizeOf(oldItem) : 0, item ? sizeOf(item) : 0);
  return Math.max(1, Math.ceil(sizeBytes / WRITE_UNIT_BYTES));
}

/** Counts the capacity that calls consume of one table and its indexes, in the form that they answer it. */
export class ConsumedCapacity {
  readonly #table: Table;
  #tableUnits = 0;
  readonly #indexUnits = new Map<Index, number>();

  constructor(table: Table) {
    this.#table = table;
  }

  read(units: number, index?: Index): void {
    if (index) this.#indexUnits.set(index, (this.#indexUnits.get(index) ?? 0) + units);
    else this.#tableUnits += units;
  }

  /** Counts a write of the item and of the entries of it that the indexes change. */
  write(oldItem: Item | undefined, item: Item | undefined, factor = 1): void {
    this.#tableUnits += writeUnits(oldItem, item) * factor;
    for (const index of this.#table.indexes) {
      const units = indexWriteUnits(index, oldItem, item) * factor;
      if (units > 0) this.read(units, index);
    }
  }

  /** A ConsumedCapacity (API reference); `kind` names the units of a transaction once more. */
  describe(detail: CapacityDetail, kind?: 'Read' | 'Write'): JsonObject | undefined {
    if (detail === 'NONE') return undefined;
    const ofIndexes = [...this.#indexUnits.values()].reduce((sum, units) => sum + units, 0);
    const units = (count: number): JsonObject => ({
      CapacityUnits: count,
      ...(kind && { [`${kind}CapacityUnits`]: count }),
    });
    const total = { TableName: this.#table.settings.name, ...units(this.#tableUnits + ofIndexes) };
    if (detail === 'TOTAL') return total;
    return {
      ...total,
      Table: units(this.#tableUnits),
      ...this.#byIndex('LocalSecondaryIndexes', 'local', units),
      ...this.#byIndex('GlobalSecondaryIndexes', 'global', units),
    };
  }

  #byIndex(member: string, kind: Index['kind'], units: (count: number) => JsonObject): JsonObject {
    const of = [...this.#indexUnits].filter(([index]) => index.kind === kind);
    if (of.length === 0) return {};
    return { [member]: Object.fromEntries(of.map(([{ name }, count]) => [name, units(count)])) };
  }
}

/** An entry is written when it comes, goes, or changes what it projects; one whose key changes goes and comes. */
function indexWriteUnits(index: Index, oldItem: Item | undefined, item: Item | undefined): number {
  const oldEntry = oldItem && index.keyOf(oldItem) !== undefined ? index.project(oldItem) : undefined;
  const entry = item && index.keyOf(item) !== undefined ? index.project(item) : undefined;
  if (!oldEntry && !entry) return 0;
  if (!oldEntry || !entry || !oldItem || !item) return writeUnits(oldEntry, entry);
  if (index.keyOf(oldItem) !== index.keyOf(item))
    return writeUnits(oldEntry, undefined) + writeUnits(undefined, entry);
  return equalItems(oldEntry, entry) ? 0 : writeUnits(oldEntry, entry);
}
