import { checkExpressionMembers } from '../expressions/expression-members.ts';
import { project } from '../expressions/project.ts';
import { readExpressions } from '../expressions/read-expressions.ts';
import type { Projection } from '../expressions/syntax.ts';
import type { Operation } from '../operations/engine-parts.ts';
import type { Members } from '../requests/members.ts';
import { readExpressionMembers } from '../requests/read-expression-members.ts';
import { readRequest } from '../requests/read-request.ts';
import type { Table } from '../tables/table.ts';
import { readTableName } from '../tables/table-name.ts';
import type { Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';
import { sizeOf } from '../values/size.ts';
import { ConsumedCapacity, readUnits } from './consumed-capacity.ts';
import { checkKey } from './item-key.ts';
import { readCapacityDetail } from './write-item.ts';

/** A read of one item, by itself or in a transaction. */
export interface GetRequest {
  readonly tableName: string;
  readonly key: Item;
  readonly projection: Projection | undefined;
}

/** Gives the rest of the reading, to be called once the request's constraints are checked. */
export function readGet(members: Members): () => GetRequest {
  const tableName = readTableName(members);
  members.require('Key');
  const expressionMembers = readExpressionMembers(members);
  return () => {
    checkExpressionMembers('GetItem', expressionMembers);
    const key = readItem(members.input.Key);
    const { projection } = readExpressions('GetItem', expressionMembers);
    return { tableName, key, projection };
  };
}

/** Finds the whole item. Throws ValidationException for a key of another schema. */
export function findItem(table: Table, key: Item): Item | undefined {
  checkKey(key, table.key);
  return table.items.get(table.keyOf(key));
}

export const projected = (item: Item, projection: Projection | undefined): Item =>
  projection ? project(projection, item) : item;

export const getItem: Operation = ({ tables }, input) => {
  const request = readRequest(input, (members) => ({
    capacity: readCapacityDetail(members),
    isConsistent: members.boolean('ConsistentRead') ?? false,
    readGet: readGet(members),
  }));
  const { tableName, key, projection } = request.readGet();
  const table = tables.active(tableName);
  const item = findItem(table, key);
  const consumed = new ConsumedCapacity(table);
  if (request.capacity !== 'NONE') consumed.read(readUnits(item ? sizeOf(item) : 0, request.isConsistent));
  const capacity = consumed.describe(request.capacity);
  return {
    ...(item && { Item: projected(item, projection) }),
    ...(capacity && { ConsumedCapacity: capacity }),
  };
};
