import {
  type CapacityDetail,
  ConsumedCapacity,
  readUnits,
  TRANSACTION_FACTOR,
} from '../items/consumed-capacity.ts';
import { findItem, projected, readGet } from '../items/get-item.ts';
import { readCapacityDetail } from '../items/write-item.ts';
import type { EngineParts } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute-value.ts';
import { sizeOf } from '../values/size.ts';
import { MAX_TRANSACTION_BYTES, readParts, repeatedItem, tooLarge } from './read-parts.ts';
import { attempt, cancelled, NO_REASON, type Reason } from './reasons.ts';

interface Found {
  readonly table: Table;
  readonly item: Item | undefined;
}

export const transactGetItems = ({ tables }: EngineParts, input: JsonObject): JsonObject => {
  const { capacity, parts } = readRequest(input, (members) => ({
    capacity: readCapacityDetail(members),
    parts: readParts(members, 'TransactGetItem', ['Get'] as const, readGet),
  }));
  const requests = parts
    .map((read) => read())
    .map((request) => ({ request, table: tables.active(request.tableName) }));
  const outcomes = requests.map(({ request, table }) =>
    attempt((): Found => ({ table, item: findItem(table, request.key) })),
  );
  const found = outcomes.flatMap((outcome) => ('done' in outcome ? [outcome.done] : []));
  if (found.length < outcomes.length) {
    throw cancelled(outcomes.map((outcome): Reason => ('reason' in outcome ? outcome.reason : NO_REASON)));
  }
  const keys = requests.map(({ request, table }) => `${table.settings.id} ${table.keyOf(request.key)}`);
  if (new Set(keys).size < keys.length) throw repeatedItem();
  if (found.reduce((sum, { item }) => sum + (item ? sizeOf(item) : 0), 0) > MAX_TRANSACTION_BYTES)
    throw tooLarge();
  return {
    Responses: found.map(({ item }, at) =>
      item ? { Item: projected(item, requests[at]?.request.projection) } : {},
    ),
    ...consumedBy(found, capacity),
  };
};

function consumedBy(found: readonly Found[], detail: CapacityDetail): JsonObject {
  if (detail === 'NONE') return {};
  const byTable = new Map<Table, ConsumedCapacity>();
  for (const { table, item } of found) {
    const consumed = byTable.get(table) ?? new ConsumedCapacity(table);
    byTable.set(table, consumed);
    consumed.read(readUnits(item ? sizeOf(item) : 0, true) * TRANSACTION_FACTOR);
  }
  return { ConsumedCapacity: [...byTable.values()].map((consumed) => consumed.describe(detail, 'Read')) };
}
