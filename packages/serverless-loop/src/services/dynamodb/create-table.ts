import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import type { Store, ValueDb } from './dynalite.ts';
import { runAction } from './run-action.ts';

/** A table of the template that can't be made. */
export class TableNotCreatedError extends Error {
  override readonly name = 'TableNotCreatedError';
  readonly logicalId: string;
  /** Of the resource in the template. */
  readonly line: number;

  constructor({ logicalId, line, name }: TableModel, options: { cause: unknown }) {
    const { cause } = options;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Table ${name} (${logicalId}, line ${line}) can't be created: ${reason}`, options);
    this.logicalId = logicalId;
    this.line = line;
  }
}

/** Makes the template's table and waits until it is ACTIVE; CreateTable itself answers before that. */
export async function createActiveTable(store: Store, table: TableModel): Promise<void> {
  const { promise: active, resolve } = Promise.withResolvers<void>();
  const put: ValueDb['put'] = (key, value, done) => {
    store.tableDb.put(key, value, (error) => {
      done(error);
      if (value.TableStatus === 'ACTIVE') resolve();
    });
  };
  const input: JsonObject = structuredClone(table.createTable);
  try {
    await runAction({ ...store, tableDb: { ...store.tableDb, put } }, 'CreateTable', input);
  } catch (cause) {
    throw new TableNotCreatedError(table, { cause });
  }
  await active;
}
