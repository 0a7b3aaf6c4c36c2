import { validationError } from '../dynamodb-error.ts';
import { checkExpressionMembers } from '../expressions/expression-members.ts';
import { readExpressions } from '../expressions/read-expressions.ts';
import type { Projection } from '../expressions/syntax.ts';
import type { Operation } from '../operations/engine-parts.ts';
import type { Members } from '../requests/members.ts';
import { readExpressionMembers } from '../requests/read-expression-members.ts';
import { readRequest } from '../requests/read-request.ts';
import { asMap, type JsonObject, MODEL } from '../requests/shapes.ts';
import type { Table } from '../tables/table.ts';
import { localName } from '../tables/table-name.ts';
import type { Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';
import { sizeOf } from '../values/size.ts';
import { ConsumedCapacity, readUnits } from './consumed-capacity.ts';
import { projected } from './get-item.ts';
import { checkKey } from './item-key.ts';
import { readCapacityDetail } from './write-item.ts';

const MAX_KEYS = 100;
/** API reference, "BatchGetItem": what is beyond is not processed. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

interface TableKeys {
  readonly name: string;
  readonly request: JsonObject;
  readonly keys: readonly Item[];
  readonly isConsistent: boolean;
  readonly projection: Projection | undefined;
}

export const batchGetItem: Operation = ({ tables, place }, input) => {
  const { capacity, entries, members } = readRequest(input, (members) => ({
    capacity: readCapacityDetail(members),
    entries: members.entries('RequestItems', `${MODEL}.KeysAndAttributes`) ?? [],
    members,
  }));
  if (entries.length === 0) throw validationError('The requestItems parameter is required for BatchGetItem');
  const requests = readRequest(members.input, () => entries.map((entry) => readKeys(members, entry)));
  const read = requests.map((request) => request());
  if (read.reduce((sum, { keys }) => sum + keys.length, 0) > MAX_KEYS) {
    throw validationError('Too many items requested for the BatchGetItem call');
  }
  const wanted = read.map((request) => ({ request, table: tables.active(request.name) }));
  for (const { request, table } of wanted) checkKeys(request, table);

  const Responses: Record<string, Item[]> = {};
  const UnprocessedKeys: JsonObject = {};
  const consumed: JsonObject[] = [];
  let sizeBytes = 0;
  for (const { request, table } of wanted) {
    const name = localName(request.name, place);
    const found: Item[] = [];
    const unprocessed: Item[] = [];
    const ofTable = new ConsumedCapacity(table);
    for (const key of request.keys) {
      const item = table.items.get(table.keyOf(key));
      const itemBytes = item ? sizeOf(item) : 0;
      if (sizeBytes + itemBytes > MAX_ANSWER_BYTES) {
        unprocessed.push(key);
        continue;
      }
      sizeBytes += itemBytes;
      if (capacity !== 'NONE') ofTable.read(readUnits(itemBytes, request.isConsistent));
      if (item) found.push(projected(item, request.projection));
    }
    Responses[name] = found;
    if (unprocessed.length > 0) UnprocessedKeys[name] = { ...request.request, Keys: unprocessed };
    const described = ofTable.describe(capacity);
    if (described) consumed.push(described);
  }
  return { Responses, UnprocessedKeys, ...(capacity !== 'NONE' && { ConsumedCapacity: consumed }) };
};

function readKeys(members: Members, [name, value]: [string, unknown]): () => TableKeys {
  const ofTable = members.inMap('RequestItems', name, value, 'KeysAndAttributes');
  ofTable.require('Keys');
  const keys = ofTable.list('Keys', { minLength: 1 }, (key) => asMap(key, `${MODEL}.AttributeValue`)) ?? [];
  const isConsistent = ofTable.boolean('ConsistentRead') ?? false;
  const expressionMembers = readExpressionMembers(ofTable);
  if (keys.length > MAX_KEYS) {
    throw validationError(
      `1 validation error detected: Value at 'RequestItems.${name}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to ${MAX_KEYS}`,
    );
  }
  return () => {
    checkExpressionMembers('GetItem', expressionMembers);
    const items = keys.map(readItem);
    const { projection } = readExpressions('GetItem', expressionMembers);
    return { name, request: ofTable.input, isConsistent, projection, keys: items };
  };
}

function checkKeys({ keys }: TableKeys, table: Table): void {
  for (const key of keys) checkKey(key, table.key);
  if (new Set(keys.map((key) => table.keyOf(key))).size < keys.length) throw duplicateKeys();
}

export const duplicateKeys = () => validationError('Provided list of item keys contains duplicates');
