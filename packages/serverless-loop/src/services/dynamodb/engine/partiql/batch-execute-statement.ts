import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import { type CapacityDetail, ConsumedCapacity, readUnits } from '../items/consumed-capacity.ts';
import { findItem } from '../items/get-item.ts';
import { readCapacityDetail } from '../items/write-item.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import { sizeOf } from '../values/size.ts';
import { writeStatement } from './execute-statement.ts';
import { readMember, readStatementOf, type StatementMember } from './read-member.ts';
import type { SelectStatement } from './read-partiql.ts';
import { isWholeKey, keyNames } from './request-of.ts';
import { selectedOf } from './select-page.ts';
import { splitWhere } from './split-where.ts';

/** API reference, "BatchExecuteStatement". */
const MAX_STATEMENTS = 25;

export const batchExecuteStatement: Operation = (parts, input) => {
  const { capacity, statements } = readRequest(input, (members) => {
    members.require('Statements');
    const rules = { className: 'BatchStatementRequest', minLength: 1, maxLength: MAX_STATEMENTS };
    return {
      capacity: readCapacityDetail(members),
      statements: members.structures('Statements', rules, readMember) ?? [],
    };
  });
  const consumed: unknown[] = [];
  const responses = statements.map((member) => response(parts, member, capacity, consumed));
  return { Responses: responses, ...(consumed.length > 0 && { ConsumedCapacity: consumed }) };
};

/** One statement's outcome: what it finds wrong is told in its own place, and the others are done all the same. */
function response(
  parts: EngineParts,
  member: StatementMember,
  capacity: CapacityDetail,
  consumed: unknown[],
): JsonObject {
  try {
    const statement = readStatementOf(member);
    if (statement.kind === 'exists')
      throw validationError('EXISTS() is not supported in BatchExecuteStatement');
    if (statement.kind === 'select') return selected(parts, statement, member, capacity, consumed);
    const { row, consumed: of } = writeStatement(parts, statement, member.returnsItemOnFailure, capacity);
    consumed.push(...Object.values(of));
    return { TableName: statement.table, ...(row && { Item: row }) };
  } catch (error) {
    if (!(error instanceof DynamoDbError) || error.name === 'SerializationException') throw error;
    return { Error: { Code: codeOf(error), Message: error.message, ...error.members } };
  }
}

const codeOf = ({ name }: DynamoDbError): string =>
  name === 'ValidationException' ? 'ValidationError' : name.replace(/Exception$/, '');

function selected(
  { tables }: EngineParts,
  statement: SelectStatement,
  member: StatementMember,
  capacity: CapacityDetail,
  consumed: unknown[],
): JsonObject {
  const table = tables.active(statement.table);
  const { key, rest } = splitWhere(statement.where, keyNames(table));
  if (statement.index !== undefined || rest.length > 0 || !isWholeKey(key, table)) {
    throw validationError(
      'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
    );
  }
  const item = findItem(table, key);
  const units = new ConsumedCapacity(table);
  units.read(readUnits(item ? sizeOf(item) : 0, member.isConsistent));
  const described = units.describe(capacity);
  if (described) consumed.push(described);
  return { TableName: statement.table, ...(item && { Item: selectedOf(statement, item) }) };
}
