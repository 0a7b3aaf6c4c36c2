import { validationError } from '../dynamodb-error.ts';
import { project } from '../expressions/project.ts';
import { type CapacityDetail, ConsumedCapacity } from '../items/consumed-capacity.ts';
import { type PlannedWrite, planWrite } from '../items/plan-write.ts';
import { readCapacityDetail } from '../items/write-item.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { Item } from '../values/attribute-value.ts';
import { nextToken, readNextToken } from './next-token.ts';
import { readMember } from './read-member.ts';
import type { ReturnedValues } from './read-partiql.ts';
import { readPartiql } from './read-partiql.ts';
import { requestOf, type WriteStatement } from './request-of.ts';
import { selectPage } from './select-page.ts';

export const executeStatement: Operation = (parts, input) => {
  const request = readRequest(input, (members) => ({
    member: readMember(members),
    capacity: readCapacityDetail(members),
    limit: members.number('Limit', { min: 1 }),
    token: members.text('NextToken', { minLength: 1, maxLength: 32_768 }),
  }));
  const { member, capacity, limit, token } = request;
  const parameters = member.readParameters();
  const statement = readPartiql(member.text, parameters);
  if (statement.kind === 'exists') throw validationError('EXISTS() is not supported in ExecuteStatement');
  if (statement.kind !== 'select') {
    const written = writeStatement(parts, statement, member.returnsItemOnFailure, capacity);
    return { Items: written.row ? [written.row] : [], ...written.consumed };
  }
  const table = parts.tables.active(statement.table);
  const page = selectPage(statement, table, {
    isConsistent: member.isConsistent,
    capacity,
    limit,
    after: token === undefined ? undefined : readNextToken(token, member.text, parameters),
  });
  return {
    Items: page.rows,
    ...(page.lastKey !== undefined && {
      NextToken: nextToken(member.text, parameters, page.lastKey),
      LastEvaluatedKey: page.lastKey,
    }),
    ...(page.capacity !== undefined && { ConsumedCapacity: page.capacity }),
  };
};

export interface Written {
  readonly row: Item | undefined;
  /** The member `ConsumedCapacity`, when it is asked for. */
  readonly consumed: JsonObject;
}

/** Does the write of one statement, by itself or in a batch. */
export function writeStatement(
  { tables, writer }: EngineParts,
  statement: WriteStatement,
  returnsItemOnFailure: boolean,
  capacity: CapacityDetail,
): Written {
  const name = statement.kind === 'exists' ? statement.select.table : statement.table;
  const table = tables.active(name);
  const planned = planWrite(table, requestOf(statement, table, returnsItemOnFailure));
  const consumed = new ConsumedCapacity(table);
  if (capacity !== 'NONE') consumed.write(planned.oldItem, planned.item);
  const described = consumed.describe(capacity);
  writer.write([planned], { operation: 'ExecuteStatement' });
  return {
    row: returnedRow('returning' in statement ? statement.returning : undefined, planned),
    consumed: described ? { ConsumedCapacity: described } : {},
  };
}

/** The row of a RETURNING; none when there is nothing to return. */
function returnedRow(returning: ReturnedValues | undefined, write: PlannedWrite): Item | undefined {
  const { oldItem, item, touchedPaths } = write;
  switch (returning) {
    case undefined:
      return undefined;
    case 'ALL_OLD':
      return oldItem;
    case 'ALL_NEW':
      return item;
    case 'MODIFIED_OLD':
      return oldItem && modified(oldItem, touchedPaths);
    case 'MODIFIED_NEW':
      return item && modified(item, touchedPaths);
  }
}

function modified(item: Item, paths: PlannedWrite['touchedPaths']): Item | undefined {
  const row = project(paths, item);
  return Object.keys(row).length > 0 ? row : undefined;
}
