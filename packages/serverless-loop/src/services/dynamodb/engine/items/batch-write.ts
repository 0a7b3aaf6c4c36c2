import { validationError } from '../dynamodb-error.ts';
import type { Operation } from '../operations/engine-parts.ts';
import type { Members } from '../requests/members.ts';
import { readRequest } from '../requests/read-request.ts';
import { asList, asStructure, type JsonObject, javaText, MODEL } from '../requests/shapes.ts';
import { localName } from '../tables/table-name.ts';
import { readItem } from '../values/read-value.ts';
import { duplicateKeys } from './batch-get.ts';
import { ConsumedCapacity } from './consumed-capacity.ts';
import { collectionOf } from './item-collections.ts';
import { type PlannedWrite, planWrite } from './plan-write.ts';
import { checkSize, type ItemRequest } from './read-item-request.ts';
import { readCapacityDetail } from './write-item.ts';

const MAX_REQUESTS = 25;

export const batchWriteItem: Operation = ({ tables, writer, place }, input) => {
  const { capacity, metrics, entries } = readRequest(input, (members) => ({
    capacity: readCapacityDetail(members),
    metrics: members.oneOf('ReturnItemCollectionMetrics', ['SIZE', 'NONE'] as const) ?? 'NONE',
    entries: readEntries(members),
  }));
  if (entries.length === 0)
    throw validationError('The requestItems parameter is required for BatchWriteItem');
  if (entries.some(([, requests]) => requests.length === 0 || requests.length > MAX_REQUESTS)) {
    throw outOfBounds(input.RequestItems);
  }
  if (entries.reduce((sum, [, requests]) => sum + requests.length, 0) > MAX_REQUESTS) {
    throw validationError('Too many items requested for the BatchWriteItem call');
  }
  const requests = entries.flatMap(([name, list]) => list.map((request) => readWriteRequest(name, request)));
  const writes = requests.map((request) => planWrite(tables.active(request.tableName), request));
  checkDifferent(writes);

  const consumed = new Map<string, ConsumedCapacity>();
  const collections: Record<string, JsonObject[]> = {};
  for (const { table, oldItem, item } of writes) {
    if (capacity === 'NONE') break;
    const ofTable = consumed.get(table.settings.name) ?? new ConsumedCapacity(table);
    consumed.set(table.settings.name, ofTable);
    ofTable.write(oldItem, item);
  }
  // Each for itself, as a batch is no transaction: what streams and observers see are single writes.
  for (const write of writes) writer.write([write], { operation: 'BatchWriteItem' });
  if (metrics === 'SIZE') {
    requests.forEach(({ tableName, item }, at) => {
      const collection = writes[at] && collectionOf(writes[at].table, item);
      const name = localName(tableName, place);
      if (collection) collections[name] = [...(collections[name] ?? []), collection];
    });
  }
  return {
    UnprocessedItems: {},
    ...(Object.keys(collections).length > 0 && { ItemCollectionMetrics: collections }),
    ...(capacity !== 'NONE' && {
      ConsumedCapacity: [...consumed.values()].map((of) => of.describe(capacity)),
    }),
  };
};

function readEntries(members: Members): [string, Members[]][] {
  const entries = members.entries('RequestItems', `java.util.List<${MODEL}.WriteRequest>`) ?? [];
  return entries.map(([name, requests]) => [
    name,
    asList(requests).map((request, at) =>
      members.inMap(
        'RequestItems',
        `${name}.member.${at + 1}`,
        asStructure(request, 'WriteRequest', 'value'),
        'WriteRequest',
      ),
    ),
  ]);
}

function readWriteRequest(tableName: string, request: Members): ItemRequest {
  const [put, ...others] = ['PutRequest', 'DeleteRequest'].filter((name) => request.has(name));
  if (put === undefined || others.length > 0) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  const kind = put === 'PutRequest' ? 'Put' : 'Delete';
  const member = kind === 'Put' ? 'Item' : 'Key';
  const inner = readRequest(asStructure(request.input[put], put, 'field'), (members) => {
    members.require(member);
    return members;
  });
  const item = readItem(inner.input[member]);
  if (kind === 'Put') checkSize(item);
  return { kind, tableName, item, condition: undefined, update: undefined, returnsItemOnFailure: false };
}

function checkDifferent(writes: readonly PlannedWrite[]): void {
  const items = new Set(writes.map(({ table, key }) => `${table.settings.id} ${key}`));
  if (items.size < writes.length) throw duplicateKeys();
}

function outOfBounds(requestItems: unknown): Error {
  return validationError(
    `1 validation error detected: Value '${javaText(requestItems)}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to ${MAX_REQUESTS}, Member must have length greater than or equal to 1]`,
  );
}
