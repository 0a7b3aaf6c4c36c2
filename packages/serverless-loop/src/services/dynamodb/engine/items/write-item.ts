import { validationError } from '../dynamodb-error.ts';
import { project } from '../expressions/project.ts';
import type { Path } from '../expressions/syntax.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import type { Members } from '../requests/members.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { Item } from '../values/attribute-value.ts';
import { CAPACITY_DETAILS, type CapacityDetail, ConsumedCapacity } from './consumed-capacity.ts';
import { collectionMetrics } from './item-collections.ts';
import { type PlannedWrite, planWrite } from './plan-write.ts';
import { type ItemRequestKind, readItemRequest } from './read-item-request.ts';

const RETURN_VALUES = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'] as const;
type ReturnValues = (typeof RETURN_VALUES)[number];

export const putItem: Operation = (parts, input) => writeItem(parts, input, 'Put');
export const updateItem: Operation = (parts, input) => writeItem(parts, input, 'Update');
export const deleteItem: Operation = (parts, input) => writeItem(parts, input, 'Delete');

function writeItem(
  { tables, writer }: EngineParts,
  input: JsonObject,
  kind: Exclude<ItemRequestKind, 'ConditionCheck'>,
): JsonObject {
  const request = readRequest(input, (members) => ({
    ...readReturns(members),
    readWrite: readItemRequest(members, kind),
  }));
  const write = request.readWrite();
  if (kind !== 'Update' && request.returnValues !== 'NONE' && request.returnValues !== 'ALL_OLD') {
    throw validationError('ReturnValues can only be ALL_OLD or NONE');
  }
  const table = tables.active(write.tableName);
  const planned = planWrite(table, write);
  const consumed = consumedBy(planned, request.capacity);
  writer.write([planned], { operation: `${kind}Item` });
  return {
    ...attributes(planned, request.returnValues),
    ...(consumed && { ConsumedCapacity: consumed }),
    ...(request.metrics === 'SIZE' && collectionMetrics(table, write.item)),
  };
}

function readReturns(members: Members) {
  return {
    capacity: readCapacityDetail(members),
    metrics: members.oneOf('ReturnItemCollectionMetrics', ['SIZE', 'NONE'] as const) ?? 'NONE',
    returnValues: members.oneOf('ReturnValues', RETURN_VALUES) ?? 'NONE',
  };
}

export const readCapacityDetail = (members: Members): CapacityDetail =>
  members.oneOf('ReturnConsumedCapacity', CAPACITY_DETAILS) ?? 'NONE';

/** To be asked before the write: the indexes tell what it changes. */
function consumedBy({ table, oldItem, item }: PlannedWrite, detail: CapacityDetail): JsonObject | undefined {
  if (detail === 'NONE') return undefined;
  const consumed = new ConsumedCapacity(table);
  consumed.write(oldItem, item);
  return consumed.describe(detail);
}

function attributes({ oldItem, item, touchedPaths }: PlannedWrite, returnValues: ReturnValues): JsonObject {
  const returned = returnedItem(returnValues, oldItem, item, touchedPaths);
  return returned && Object.keys(returned).length > 0 ? { Attributes: returned } : {};
}

function returnedItem(
  returnValues: ReturnValues,
  oldItem: Item | undefined,
  item: Item | undefined,
  touchedPaths: readonly Path[],
): Item | undefined {
  switch (returnValues) {
    case 'NONE':
      return undefined;
    case 'ALL_OLD':
      return oldItem;
    case 'ALL_NEW':
      return item;
    case 'UPDATED_OLD':
      return oldItem && touched(touchedPaths, oldItem);
    case 'UPDATED_NEW':
      return item && touched(touchedPaths, item);
  }
}

/** Without paths nothing was touched, and a projection without paths would be all. */
const touched = (paths: readonly Path[], item: Item): Item | undefined =>
  paths.length > 0 ? project(paths, item) : undefined;
