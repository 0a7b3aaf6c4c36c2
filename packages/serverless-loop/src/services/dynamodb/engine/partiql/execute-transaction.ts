import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { ItemRequest } from '../items/read-item-request.ts';
import { readCapacityDetail } from '../items/write-item.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import type { JsonObject } from '../requests/shapes.ts';
import { transactGetItems } from '../transactions/transact-get.ts';
import { consumedBy, transact } from '../transactions/transact-write.ts';
import type { Item } from '../values/attribute-value.ts';
import { readMember, type StatementMember } from './read-member.ts';
import { readPartiql, type SelectStatement, type Statement } from './read-partiql.ts';
import { isWholeKey, keyNames, requestOf, type WriteStatement } from './request-of.ts';
import { selectedOf } from './select-page.ts';
import { splitWhere } from './split-where.ts';

/** API reference, "ExecuteTransaction". */
const MAX_STATEMENTS = 100;

export const executeTransaction: Operation = (parts, input) => {
  const { token, capacity, members } = readRequest(input, (request) => {
    request.require('TransactStatements');
    const rules = { className: 'ParameterizedStatement', minLength: 1, maxLength: MAX_STATEMENTS };
    return {
      token: request.text('ClientRequestToken', { minLength: 1, maxLength: 36 }),
      capacity: readCapacityDetail(request),
      members: request.structures('TransactStatements', rules, readMember) ?? [],
    };
  });
  const statements = readStatements(members);
  const reads = statements.flatMap((statement) => (statement.kind === 'select' ? [statement] : []));
  if (reads.length === statements.length) return read(parts, reads, input);
  const writes = statements.flatMap((statement) => (statement.kind === 'select' ? [] : [statement]));
  if (reads.length > 0) {
    throw validationError(
      'ExecuteTransaction API does not support both read and write operations in the same request.',
    );
  }
  const text = token === undefined ? '' : JSON.stringify(input.TransactStatements);
  const repeated = token === undefined ? undefined : parts.tokens.answerOf(token, text);
  if (repeated) return repeated;
  const requests = requestsOf(parts, writes, members);
  const done = transact(parts.tables, parts.writer, requests, { operation: 'ExecuteTransaction' });
  const answer = { Responses: [], ...consumedBy(done, capacity) };
  if (token !== undefined) parts.tokens.remember(token, text, answer);
  return answer;
};

/** All parameters are read before the first statement is. */
function readStatements(members: readonly StatementMember[]): Statement[] {
  const parameters = members.map((member) => member.readParameters());
  return members.map((member, at) =>
    ofStatement(at, () => {
      const statement = readPartiql(member.text, parameters[at]);
      if ('returning' in statement)
        throw validationError('RETURNING clause is not supported in ExecuteTransaction.');
      return statement;
    }),
  );
}

/** A refusal of a statement tells its place. */
function ofStatement<T>(at: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DynamoDbError) || error.name !== 'ValidationException') throw error;
    throw validationError(`Validation failed in TransactStatements[${at}]: ${error.message}`);
  }
}

function requestsOf(
  { tables }: EngineParts,
  statements: readonly WriteStatement[],
  members: readonly StatementMember[],
): ItemRequest[] {
  return statements.map((statement, at) => {
    const table = tables.active(statement.kind === 'exists' ? statement.select.table : statement.table);
    return ofStatement(at, () => requestOf(statement, table, members[at]?.returnsItemOnFailure ?? false));
  });
}

function read(
  parts: EngineParts,
  selects: readonly SelectStatement[],
  { ReturnConsumedCapacity }: JsonObject,
): JsonObject {
  const gets = selects.map((select, at) => ({
    Get: { TableName: select.table, Key: ofStatement(at, () => keyOf(parts, select)) },
  }));
  const { Responses, ...rest } = transactGetItems(parts, { TransactItems: gets, ReturnConsumedCapacity });
  const found: readonly { Item?: Item }[] = Array.isArray(Responses) ? Responses : [];
  return {
    Responses: selects.map((select, at) => {
      const item = found[at]?.Item;
      return item ? { Item: selectedOf(select, item) } : {};
    }),
    ...rest,
  };
}

function keyOf({ tables }: EngineParts, select: SelectStatement): Item {
  if (select.index !== undefined)
    throw validationError('A transaction reads items of tables, not of their indexes');
  const table = tables.active(select.table);
  const { key, rest } = splitWhere(select.where, keyNames(table));
  if (isWholeKey(key, table) && rest.length === 0) return key;
  throw validationError(
    'Select statements within ExecuteTransaction must specify the primary key in the where clause.',
  );
}
