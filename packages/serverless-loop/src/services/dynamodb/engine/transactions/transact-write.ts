import { type CapacityDetail, ConsumedCapacity, TRANSACTION_FACTOR } from '../items/consumed-capacity.ts';
import { collectionOf } from '../items/item-collections.ts';
import { encodedKey } from '../items/item-key.ts';
import { checkAgainst, type PlannedWrite, planChecked } from '../items/plan-write.ts';
import { type ItemRequest, type ItemRequestKind, readItemRequest } from '../items/read-item-request.ts';
import { readCapacityDetail } from '../items/write-item.ts';
import type { WriteCause, Writer } from '../items/writer.ts';
import type { Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { Table } from '../tables/table.ts';
import type { Tables } from '../tables/tables.ts';
import { sizeOf } from '../values/size.ts';
import { MAX_TRANSACTION_BYTES, readParts, repeatedItem, tooLarge } from './read-parts.ts';
import { attempt, cancelled, NO_REASON, type Reason } from './reasons.ts';

const KINDS: readonly ItemRequestKind[] = ['ConditionCheck', 'Put', 'Update', 'Delete'];
const OPERATION = 'TransactWriteItems';

export const transactWriteItems: Operation = ({ tables, writer, tokens }, input) => {
  const { token, capacity, metrics, parts } = readRequest(input, (members) => ({
    token: members.text('ClientRequestToken', { minLength: 1, maxLength: 36 }),
    capacity: readCapacityDetail(members),
    metrics: members.oneOf('ReturnItemCollectionMetrics', ['SIZE', 'NONE'] as const) ?? 'NONE',
    parts: readParts(members, 'TransactWriteItem', KINDS, readItemRequest),
  }));
  const requests = parts.map((read) => read());
  const text = token === undefined ? '' : JSON.stringify(input.TransactItems);
  const repeated = token === undefined ? undefined : tokens.answerOf(token, text);
  if (repeated) return repeated;
  const writes = transact(tables, writer, requests, { operation: OPERATION });
  const answer = {
    ...consumedBy(writes, capacity),
    ...(metrics === 'SIZE' && collections(writes, requests)),
  };
  if (token !== undefined) tokens.remember(token, text, answer);
  return answer;
};

/** Does all that the requests ask, or none of it. Throws TransactionCanceledException with a reason for each. */
export function transact(
  tables: Tables,
  writer: Writer,
  requests: readonly ItemRequest[],
  cause: WriteCause,
): PlannedWrite[] {
  const inTables = requests.map((request) => ({ request, table: tables.active(request.tableName) }));
  checkDifferent(inTables);
  checkAll(inTables);
  const outcomes = inTables.map(({ request, table }) => attempt(() => planChecked(table, request)));
  const items = outcomes.flatMap((outcome) => ('done' in outcome ? [outcome.done] : []));
  if (items.length < outcomes.length) {
    throw cancelled(outcomes.map((outcome): Reason => ('reason' in outcome ? outcome.reason : NO_REASON)));
  }
  const sizeBytes = requests.reduce((sum, request, at) => sum + payloadBytes(request, items[at]), 0);
  if (sizeBytes > MAX_TRANSACTION_BYTES) throw tooLarge();
  writer.write(
    items.filter((_, at) => requests[at]?.kind !== 'ConditionCheck'),
    cause,
  );
  return items;
}

/** The call's own bytes count, not those of items that are there (test_transact.py, test_transact_write_items_delete_5MB). */
function payloadBytes({ kind, item: given }: ItemRequest, write: PlannedWrite | undefined): number {
  if (kind !== 'Update') return sizeOf(given);
  const [before, after] = [write?.oldItem, write?.item].map((item) => (item ? sizeOf(item) : 0));
  return sizeOf(given) + Math.max(0, (after ?? 0) - (before ?? 0));
}

/**
 * All parts are checked before one of them is tried, and only the first that is wrong is told of
 * (scylladb, test/alternator/test_transact.py, test_transact_write_cancellation_reasons_validationerror).
 */
function checkAll(inTables: readonly { request: ItemRequest; table: Table }[]): void {
  const reasons: Reason[] = inTables.map(() => NO_REASON);
  inTables.forEach(({ request, table }, at) => {
    const outcome = attempt(() => checkAgainst(table, request));
    if (!('reason' in outcome)) return;
    reasons[at] = outcome.reason;
    throw cancelled(reasons);
  });
}

/** Whatever else is wrong with the parts: no two of them may be of one item. */
function checkDifferent(inTables: readonly { request: ItemRequest; table: Table }[]): void {
  const seen = new Set<string>();
  for (const { request, table } of inTables) {
    const key = encodedKey(table.key, request.item);
    if (key === undefined) continue;
    const item = `${table.settings.id} ${key}`;
    if (seen.has(item)) throw repeatedItem();
    seen.add(item);
  }
}

export function consumedBy(writes: readonly PlannedWrite[], detail: CapacityDetail): JsonObject {
  if (detail === 'NONE') return {};
  const byTable = new Map<string, ConsumedCapacity>();
  for (const { table, oldItem, item } of writes) {
    const consumed = byTable.get(table.settings.name) ?? new ConsumedCapacity(table);
    byTable.set(table.settings.name, consumed);
    consumed.write(oldItem, item, TRANSACTION_FACTOR);
  }
  return { ConsumedCapacity: [...byTable.values()].map((consumed) => consumed.describe(detail, 'Write')) };
}

function collections(writes: readonly PlannedWrite[], requests: readonly ItemRequest[]): JsonObject {
  const byTable: Record<string, JsonObject[]> = {};
  writes.forEach(({ table }, at) => {
    const request = requests[at];
    const collection = request && collectionOf(table, request.item);
    const { name } = table.settings;
    if (collection) byTable[name] = [...(byTable[name] ?? []), collection];
  });
  return Object.keys(byTable).length > 0 ? { ItemCollectionMetrics: byTable } : {};
}
