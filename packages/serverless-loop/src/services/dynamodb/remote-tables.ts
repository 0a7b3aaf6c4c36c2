import { AwsError } from '../../aws/errors.ts';
import type { Report } from '../../facts.ts';
import type { TableModel } from '../../template/model.ts';
import { changeTable } from './change-table.ts';
import { TableNotCreatedError } from './create-table.ts';
import { describedModel } from './described-table.ts';
import type { DynamoDb } from './dynamodb.ts';
import { bringToTemplate, TableNotChangedError } from './kept-table.ts';
import { DynamoDbUnreachableError, type RemoteClient } from './remote-client.ts';
import { type Ask, describeTable, remoteHandles, settledTable } from './remote-handles.ts';
import { refuseOtherKey } from './table-mismatch.ts';

export interface PrepareOptions {
  templateFile?: string | undefined;
  report: Report;
  /** Gives up what only asks, or makes a table. */
  asking: AbortSignal;
  /** Gives up a change, which takes as long as its table is large. */
  changing?: AbortSignal | undefined;
}

/**
 * Makes the table, or gives one that is there the settings of the template. Throws TableMismatchError for another key,
 * TableNotCreatedError, TableNotChangedError and, when a signal comes before the answers, DynamoDbUnreachableError.
 */
export async function prepareTable(
  client: RemoteClient,
  table: TableModel,
  { templateFile, report, asking, changing }: PrepareOptions,
): Promise<void> {
  const ask: Ask = (operation, input) => client.send(operation, input, asking);
  try {
    const existing = await settledTable(ask, table.name);
    if (!existing) return await create(ask, table);
    refuseOtherKey(table, existing, templateFile);
    const now = await describedModel(ask, table, existing);
    const handles = remoteHandles((operation, input) => client.send(operation, input, changing), table.name);
    const changes = await bringToTemplate(handles, table, now, templateFile);
    if (changes.length > 0) report({ kind: 'table.changed', tableName: table.name, changes });
  } catch (error) {
    if (error instanceof TableNotChangedError && error.cause instanceof DynamoDbUnreachableError)
      throw error.cause;
    throw error instanceof AwsError ? new TableNotCreatedError(table, templateFile, { cause: error }) : error;
  }
}

/** Tables that come and go with stacks. */
export function remoteTables(client: RemoteClient): DynamoDb['tables'] {
  const ask: Ask = (operation, input) => client.send(operation, input);
  return {
    has: async (name) => (await describeTable(ask, name)) !== undefined,
    add: (table) => create(ask, table),
    change: (table, before) => changeTable(remoteHandles(ask, table.name), table, before),
    async remove({ name }) {
      await ask('DeleteTable', { TableName: name });
      await settledTable(ask, name);
    },
    async holdsItems(name) {
      if (!(await describeTable(ask, name))) return false;
      return (await ask('Scan', { TableName: name, Limit: 1 })).Count !== 0;
    },
  };
}

/** Makes a table, ready for use. */
async function create(ask: Ask, { name, createTable, timeToLiveAttribute }: TableModel): Promise<void> {
  await ask('CreateTable', createTable);
  await settledTable(ask, name);
  if (timeToLiveAttribute === undefined) return;
  const TimeToLiveSpecification = { AttributeName: timeToLiveAttribute, Enabled: true };
  await ask('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification });
}
