import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import { objectsOf } from './json.ts';

/** A table of the template's name exists already, with another key. */
export class TableMismatchError extends Error {
  override readonly name = 'TableMismatchError';
  readonly tableName: string;
  /** Keys in words, e.g. `orderId (S, HASH)`. */
  readonly expected: string;
  readonly found: string;

  constructor({ name, logicalId, line }: TableModel, expected: string, found: string) {
    super(
      `Table ${name} exists with the key ${found}, but ${logicalId} (line ${line}) has the key ${expected}. Delete the table or rename it in the template.`,
    );
    this.tableName = name;
    this.expected = expected;
    this.found = found;
  }
}

/** `existing` is the description of the table, or has its KeySchema and AttributeDefinitions. Throws TableMismatchError. */
export function refuseOtherKey(table: TableModel, existing: JsonObject): void {
  const [expected, found] = [keyInWords(table.createTable), keyInWords(existing)];
  if (expected !== found) throw new TableMismatchError(table, expected, found);
}

/** From the input of CreateTable or the description of a table. */
function keyInWords(table: JsonObject): string {
  const types = new Map(
    objectsOf(table.AttributeDefinitions).map(({ AttributeName, AttributeType }) => [
      AttributeName,
      AttributeType,
    ]),
  );
  return objectsOf(table.KeySchema)
    .map(({ AttributeName, KeyType }) => `${AttributeName} (${types.get(AttributeName)}, ${KeyType})`)
    .join(' + ');
}
