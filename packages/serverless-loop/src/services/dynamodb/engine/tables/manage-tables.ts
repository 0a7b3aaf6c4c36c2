import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { Operation } from '../operations/engine-parts.ts';
import { readRequest } from '../requests/read-request.ts';
import { describeDeleted, describeTable } from './describe-table.ts';
import { NAME_PATTERN, readNewTableName } from './table-name.ts';

const MAX_LISTED = 100;

export const describeTableOperation: Operation = ({ tables, place }, input) => {
  const name = readRequest(input, readNewTableName);
  return { Table: describeTable(tables.known(name), place) };
};

export const listTables: Operation = ({ tables }, input) => {
  const { limit, start } = readRequest(input, (members) => ({
    limit: members.number('Limit', { min: 1, max: MAX_LISTED }) ?? MAX_LISTED,
    start: members.text('ExclusiveStartTableName', { pattern: NAME_PATTERN, minLength: 3, maxLength: 255 }),
  }));
  const names = tables.names().filter((name) => start === undefined || name > start);
  const TableNames = names.slice(0, limit);
  return { TableNames, ...(names.length > limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
};

export const deleteTable: Operation = ({ tables, streams, transitions }, input) => {
  const table = tables.known(readRequest(input, readNewTableName));
  const { settings } = table;
  if (settings.deletionProtection) {
    throw validationError(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  if (settings.status === 'CREATING' || settings.status === 'UPDATING') {
    throw new DynamoDbError(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being ${settings.status === 'CREATING' ? 'created' : 'updated'}: ${settings.name}`,
    );
  }
  if (settings.status === 'ACTIVE') {
    const ended = settings.stream ? streams.close(settings.stream.arn) : [];
    tables.change(table, { ...settings, status: 'DELETING' }, ended);
    transitions.removeSoon(table);
  }
  return { TableDescription: describeDeleted(table) };
};
