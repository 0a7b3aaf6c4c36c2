import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import { objectOf, objectsOf } from './json.ts';

/** A table of the template's name exists already, with another key or other local indexes, which no table changes. */
export class TableMismatchError extends Error {
  override readonly name = 'TableMismatchError';
  readonly tableName: string;
  /** Keys in words, e.g. `orderId (S, HASH)`. */
  readonly expected: string;
  readonly found: string;

  constructor(
    { name, logicalId, line }: TableModel,
    templateFile: string | undefined,
    expected: string,
    found: string,
  ) {
    super(
      `Table ${name} exists with the key ${found}, but ${logicalId} (${placeInTemplate(line, templateFile)}) has the key ${expected}. A table has its key for good, and this one's items are kept: give ${logicalId} its old key or another TableName, or delete the table with its items.`,
    );
    this.tableName = name;
    this.expected = expected;
    this.found = found;
  }
}

/** The place of a resource: `template.yaml:12`. */
export function placeInTemplate(line: number, templateFile: string | undefined): string {
  return templateFile === undefined ? `line ${line} of the template` : `${templateFile}:${line}`;
}

/** `existing` is the description of the table, or has its KeySchema and AttributeDefinitions. Throws TableMismatchError. */
export function refuseOtherKey(table: TableModel, existing: JsonObject, templateFile?: string): void {
  const [expected, found] = [keyInWords(table.createTable), keyInWords(existing)];
  if (expected !== found) throw new TableMismatchError(table, templateFile, expected, found);
}

/** From the input of CreateTable or the description of a table. */
function keyInWords(table: JsonObject): string {
  const types = new Map(
    objectsOf(table.AttributeDefinitions).map(({ AttributeName, AttributeType }) => [
      AttributeName,
      AttributeType,
    ]),
  );
  const keyOf = ({ KeySchema }: JsonObject) =>
    objectsOf(KeySchema)
      .map(({ AttributeName, KeyType }) => `${AttributeName} (${types.get(AttributeName)}, ${KeyType})`)
      .join(' + ');
  const local = objectsOf(table.LocalSecondaryIndexes)
    .map((index) => `${index.IndexName} by ${keyOf(index)}, ${projectionOf(index)}`)
    .sort();
  return [keyOf(table), ...local].join(' and the local index ');
}

function projectionOf({ Projection }: JsonObject): string {
  const { ProjectionType = 'ALL', NonKeyAttributes } = objectOf(Projection);
  return Array.isArray(NonKeyAttributes)
    ? `with ${NonKeyAttributes.toSorted().join(', ')}`
    : `with ${ProjectionType}`;
}
