import { setTimeout as pause } from 'node:timers/promises';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { TableHandles } from './change-table.ts';
import { objectOf, objectsOf } from './json.ts';

/** Asks another DynamoDB. Rejects with AwsError as it answers. */
export type Ask = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** No event tells of a table's state; the SDKs' waiters ask again every 20 seconds, which is long for a store on this machine. */
const ASK_AGAIN_MS = 50;

/** The table's description, or undefined where it isn't there. */
export async function describeTable(ask: Ask, tableName: string): Promise<JsonObject | undefined> {
  try {
    const { Table } = await ask('DescribeTable', { TableName: tableName });
    return objectOf(Table);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Resolves to the description once the table and each of its indexes is as it was asked to be; undefined once it is gone. */
export async function settledTable(ask: Ask, tableName: string): Promise<JsonObject | undefined> {
  for (;;) {
    const table = await describeTable(ask, tableName);
    if (!table || isSettled(table)) return table;
    await pause(ASK_AGAIN_MS);
  }
}

/** DynamoDB Local tells no state of some, which are ready then. */
function isSettled({ TableStatus = 'ACTIVE', GlobalSecondaryIndexes }: JsonObject): boolean {
  const indexes = objectsOf(GlobalSecondaryIndexes);
  return TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus = 'ACTIVE' }) => IndexStatus === 'ACTIVE');
}

/** Operations that change a table, each done when it resolves. */
export function remoteHandles(ask: Ask, tableName: string): TableHandles {
  /** The other DynamoDB's name for the table: DynamoDB Local has a Region of its own. */
  const tagging = (operation: string) => async (input: JsonObject) => {
    const table = await describeTable(ask, tableName);
    return ask(operation, { ...input, ResourceArn: table?.TableArn ?? input.ResourceArn });
  };
  return {
    async UpdateTable(input) {
      await ask('UpdateTable', input);
      await settledTable(ask, tableName);
    },
    UpdateTimeToLive: (input) => ask('UpdateTimeToLive', input),
    TagResource: tagging('TagResource'),
    UntagResource: tagging('UntagResource'),
  };
}
