import { formatArn, type Place } from '../../aws/arn.ts';
import { type Page, pageOf } from '../../aws/page.ts';
import { operationsOf } from '../../aws/service.ts';
import { type Registries, type Schema, schemaOf } from './registries.ts';
import { badRequest } from './schemas-error.ts';

/** The context of EventBridge Schemas' operations. */
export interface SchemasContext {
  place: Place;
  registries: Registries;
  /** Epoch milliseconds. */
  now(): number;
}

export const operation = operationsOf<SchemasContext>();

export interface Named {
  RegistryName: string;
  SchemaName: string;
}

export function registryArn({ RegistryName = '*' }: Partial<Named>, { place }: SchemasContext): string {
  return formatArn(place, 'schemas', `registry/${RegistryName}`);
}

export function schemaArn(
  { RegistryName = '*', SchemaName = '*' }: Partial<Named>,
  { place }: SchemasContext,
): string {
  return formatArn(place, 'schemas', `schema/${RegistryName}/${SchemaName}`);
}

/** Throws AwsError when there is none. */
export function findSchema({ RegistryName, SchemaName }: Named, { registries }: SchemasContext): Schema {
  return schemaOf(registries.get(RegistryName), SchemaName);
}

/** As many as the loop keeps of anything in one list. */
const MAX_LISTED = 100;

export function listed<Item>(
  list: string,
  items: readonly Item[],
  { Limit, NextToken }: { Limit?: number; NextToken?: string },
): Page<Item> {
  const refusal = () => badRequest('NextToken is none of this list.');
  return pageOf(items, { list, limit: Limit ?? MAX_LISTED, token: NextToken, refusal });
}
