import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../aws/operation.ts';
import type { TableModel } from '../../template/model.ts';
import type { IndexSettings } from './engine/tables/table-settings.ts';
import { objectsOf } from './json.ts';

/** A kept index as the template would have it, without its capacity. */
export const indexModel = ({ name, keySchema, projection }: IndexSettings): JsonObject => ({
  IndexName: name,
  KeySchema: keySchema,
  Projection: projection,
});

/** By name, key with its types, and projection. */
export function isSameIndex(
  wanted: JsonObject,
  kept: JsonObject,
  table: TableModel,
  now: TableModel,
): boolean {
  const facts = ({ IndexName, KeySchema, Projection }: JsonObject, { createTable }: TableModel) => {
    const names = objectsOf(KeySchema).map(({ AttributeName }) => AttributeName);
    const types = objectsOf(createTable.AttributeDefinitions)
      .filter(({ AttributeName }) => names.includes(AttributeName))
      .map(({ AttributeName, AttributeType }) => `${AttributeName} ${AttributeType}`);
    return { IndexName, KeySchema, Projection, types: types.sort() };
  };
  return isDeepStrictEqual(facts(wanted, table), facts(kept, now));
}
