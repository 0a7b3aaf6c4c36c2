import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import type { TableModel } from '../../template/model.ts';
import { createActiveTable } from './create-table.ts';
import type { Store } from './dynalite.ts';
import { objectOf } from './json.ts';
import { runAction } from './run-action.ts';
import { startTimeToLive } from './time-to-live.ts';
import { keyNamesOf } from './written-items.ts';

/** The operations on tables, with what dynalite has not: time to live, protection against deletion, and its words. */
export function startTables(store: Store) {
  const keyNames = new Map<string, readonly string[]>();
  const timeToLive = startTimeToLive(store);
  const protectedTables = new Set<string>();

  function remember(table: JsonObject): void {
    keyNames.set(shown(table.TableName), keyNamesOf(table));
    followProtection(table);
  }

  /** Follows the input of CreateTable or UpdateTable, which may not say anything of it. */
  function followProtection({ TableName, DeletionProtectionEnabled }: JsonObject): void {
    if (DeletionProtectionEnabled === true) protectedTables.add(shown(TableName));
    if (DeletionProtectionEnabled === false) protectedTables.delete(shown(TableName));
  }

  /** The description of a table, with its protection, and without what its model has not (API reference, "TableDescription"). */
  function described(table: unknown): JsonObject {
    const { TableThroughputModeSummary: _, ...description } = objectOf(table);
    return {
      ...description,
      DeletionProtectionEnabled: protectedTables.has(shown(description.TableName)),
    };
  }

  return {
    keyNames,
    /** Makes a table of the template, ready for use. Throws TableNotCreatedError. */
    async add(table: TableModel): Promise<void> {
      await createActiveTable(store, table);
      remember(table.createTable);
      if (table.timeToLiveAttribute !== undefined) timeToLive.enable(table.name, table.timeToLiveAttribute);
    },
    handles: {
      UpdateTimeToLive: timeToLive.update,
      DescribeTimeToLive: timeToLive.describe,
      ListTables: (input: JsonObject) => runAction(store, 'ListTables', input),
      async CreateTable(input: JsonObject) {
        // A copy, because dynalite takes the members that it doesn't know out of its input.
        const created = await runAction(store, 'CreateTable', { ...input }).catch((error: unknown) => {
          throw isTaken(error) ? alreadyExists(input) : error;
        });
        remember(input);
        return { TableDescription: described(created?.TableDescription) };
      },
      async DescribeTable(input: JsonObject) {
        const found = await runAction(store, 'DescribeTable', input);
        return { Table: described(found?.Table) };
      },
      async UpdateTable(input: JsonObject) {
        const { DeletionProtectionEnabled, ...others } = input;
        const isProtectionOnly = DeletionProtectionEnabled !== undefined && Object.keys(others).length === 1;
        const updated = isProtectionOnly
          ? { TableDescription: (await runAction(store, 'DescribeTable', others))?.Table }
          : await runAction(store, 'UpdateTable', others);
        followProtection(input);
        return { TableDescription: described(updated?.TableDescription) };
      },
      async DeleteTable(input: JsonObject) {
        const tableName = shown(input.TableName);
        if (protectedTables.has(tableName)) throw protectedFromDeletion();
        const deleted = await runAction(store, 'DeleteTable', input);
        keyNames.delete(tableName);
        timeToLive.forget(tableName);
        return { TableDescription: described(deleted?.TableDescription) };
      },
    },
  };
}

function isTaken(error: unknown): boolean {
  return error instanceof AwsError && error.code === 'ResourceInUseException';
}

function alreadyExists({ TableName }: JsonObject): AwsError {
  return new AwsError('ResourceInUseException', `Table already exists: ${shown(TableName)}`);
}

function protectedFromDeletion(): AwsError {
  return new AwsError(
    'ValidationException',
    'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
  );
}
