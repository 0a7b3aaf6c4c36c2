import { validationError } from '../dynamodb-error.ts';
import type { Condition } from '../expressions/syntax.ts';
import { allAttributes } from '../items/item-key.ts';
import { checkSize, type ItemRequest } from '../items/read-item-request.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute-value.ts';
import type { Statement } from './read-partiql.ts';
import { all, splitWhere } from './split-where.ts';

export type WriteStatement = Exclude<Statement, { kind: 'select' }>;

/**
 * The write that a statement asks for. An INSERT takes only an item that isn't there, an UPDATE only one that is,
 * and a DELETE of one that isn't does nothing (paritysuite/dynamodb-conformance, tests/tier2/partiql).
 * @throws {DynamoDbError} ValidationException for a WHERE that doesn't say which item.
 */
export function requestOf(
  statement: WriteStatement,
  table: Table,
  returnsItemOnFailure: boolean,
): ItemRequest {
  const common = { returnsItemOnFailure, update: undefined };
  switch (statement.kind) {
    case 'insert':
      checkSize(statement.item);
      return {
        ...common,
        kind: 'Put',
        tableName: statement.table,
        item: statement.item,
        condition: undefined,
        isInsert: true,
      };
    case 'update': {
      const { key, rest } = keyed(statement.where, table);
      const { update } = statement;
      const condition = all([exists('exists', table), ...rest]);
      return { ...common, kind: 'Update', tableName: statement.table, item: key, condition, update };
    }
    case 'delete': {
      const { key, rest } = keyed(statement.where, table);
      return {
        ...common,
        kind: 'Delete',
        tableName: statement.table,
        item: key,
        condition: unlessAbsent(rest, table),
      };
    }
    case 'exists': {
      const { table: tableName, where } = statement.select;
      const { key, rest } = splitWhere(where, keyNames(table));
      if (!isWholeKey(key, table) || rest.length === 0)
        throw validationError('EXISTS() must contain a single item read with additional condition');
      return { ...common, kind: 'ConditionCheck', tableName, item: key, condition: all(rest) };
    }
  }
}

export const keyNames = (table: Table): string[] => allAttributes(table.key).map(({ name }) => name);

export const isWholeKey = (key: Item, table: Table): boolean => keyNames(table).every((name) => name in key);

function keyed(where: Condition | undefined, table: Table) {
  const split = splitWhere(where, keyNames(table));
  if (!isWholeKey(split.key, table))
    throw validationError('Where clause does not contain a mandatory equality on all key attributes');
  return split;
}

function exists(kind: 'exists' | 'not_exists', table: Table): Condition {
  return { kind, path: [table.key.hash[0]?.name ?? ''] };
}

function unlessAbsent(rest: readonly Condition[], table: Table): Condition | undefined {
  const condition = all(rest);
  return condition && { kind: 'or', conditions: [exists('not_exists', table), condition] };
}
