import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import { changeTable } from './change-table.ts';
import { TableNotCreatedError } from './create-table.ts';
import type { DynamoDb } from './dynamodb.ts';
import { objectOf } from './json.ts';
import type { RemoteClient } from './remote-client.ts';
import { refuseOtherKey } from './table-mismatch.ts';

/**
 * Makes the table unless it is there with the same key. Throws TableMismatchError, TableNotCreatedError and, when `signal`
 * comes before the answers, DynamoDbUnreachableError.
 */
export async function prepareTable(
  client: RemoteClient,
  table: TableModel,
  signal: AbortSignal,
  templateFile?: string,
): Promise<void> {
  const ask = (operation: string, input: JsonObject) => client.send(operation, input, signal);
  try {
    const existing = await describe(ask, table.name);
    if (existing) refuseOtherKey(table, existing, templateFile);
    else await create(ask, table);
  } catch (cause) {
    throw cause instanceof AwsError ? new TableNotCreatedError(table, templateFile, { cause }) : cause;
  }
}

/** Tables that come and go with stacks. */
export function remoteTables(client: RemoteClient): DynamoDb['tables'] {
  const ask: Ask = (operation, input) => client.send(operation, input);
  return {
    has: async (name) => (await describe(ask, name)) !== undefined,
    add: (table) => create(ask, table),
    change: (table, before) =>
      changeTable(
        {
          UpdateTable: (input) => ask('UpdateTable', input),
          UpdateTimeToLive: (input) => ask('UpdateTimeToLive', input),
          TagResource: (input) => ask('TagResource', input),
          UntagResource: (input) => ask('UntagResource', input),
        },
        table,
        before,
      ),
    async remove({ name }) {
      await ask('DeleteTable', { TableName: name });
    },
    async holdsItems(name) {
      if (!(await describe(ask, name))) return false;
      return (await ask('Scan', { TableName: name, Limit: 1 })).Count !== 0;
    },
  };
}

type Ask = (operation: string, input: JsonObject) => Promise<JsonObject>;

async function describe(ask: Ask, tableName: string): Promise<JsonObject | undefined> {
  try {
    const { Table } = await ask('DescribeTable', { TableName: tableName });
    return objectOf(Table);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function create(ask: Ask, { name, createTable, timeToLiveAttribute }: TableModel): Promise<void> {
  await ask('CreateTable', createTable);
  if (timeToLiveAttribute === undefined) return;
  const TimeToLiveSpecification = { AttributeName: timeToLiveAttribute, Enabled: true };
  await ask('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification });
}
