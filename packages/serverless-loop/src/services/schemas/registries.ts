import type { AwsError } from '../../aws/errors.ts';
import { badRequest, schemasError } from './schemas-error.ts';

export interface Registry {
  name: string;
  description?: string;
  tags: Record<string, string>;
  schemas: Map<string, Schema>;
}

export interface Schema {
  name: string;
  description?: string;
  tags: Record<string, string>;
  type: SchemaType;
  /** Oldest first; at least one. */
  versions: SchemaVersion[];
  /** Counts all that there ever were: a version's number is not given again. */
  lastVersion: number;
}

export interface SchemaVersion {
  version: number;
  content: string;
  /** Epoch milliseconds. */
  createdAt: number;
}

export const SCHEMA_TYPES = ['OpenApi3', 'JSONSchemaDraft4'] as const;

export type SchemaType = (typeof SCHEMA_TYPES)[number];

/** As many of each as the loop keeps; AWS's own quotas are in this order, too. */
const MAX_COUNTS = { registries: 10, schemas: 100, versions: 100 } as const;

/** The registries of EventBridge Schemas; in memory, as all that the loop emulates. */
export class Registries {
  readonly #byName = new Map<string, Registry>();

  list(): Registry[] {
    return [...this.#byName.values()];
  }

  get(name: string): Registry {
    const registry = this.#byName.get(name);
    if (!registry) throw notFound(`Registry with name ${name} does not exist.`);
    return registry;
  }

  create(registry: Registry): void {
    if (this.#byName.has(registry.name))
      throw conflict(`Registry with name ${registry.name} already exists.`);
    refuseMore('registries', this.#byName.size);
    this.#byName.set(registry.name, registry);
  }

  remove(name: string): void {
    if (this.get(name).schemas.size > 0) throw badRequest(`Registry with name ${name} has schemas.`);
    this.#byName.delete(name);
  }
}

export function schemaOf(registry: Registry, name: string): Schema {
  const schema = registry.schemas.get(name);
  if (!schema) throw notFound(`Schema with name ${name} does not exist.`);
  return schema;
}

/** The version of that number, or the newest. */
export function versionOf(schema: Schema, asked?: string): SchemaVersion {
  const found =
    asked === undefined
      ? schema.versions.at(-1)
      : schema.versions.find(({ version }) => String(version) === asked);
  if (!found) throw notFound(`Schema version ${asked} of schema ${schema.name} does not exist.`);
  return found;
}

export function addSchema(registry: Registry, schema: Schema): void {
  if (registry.schemas.has(schema.name)) throw conflict(`Schema with name ${schema.name} already exists.`);
  refuseMore('schemas', registry.schemas.size);
  registry.schemas.set(schema.name, schema);
}

export function addVersion(schema: Schema, content: string, createdAt: number): void {
  refuseMore('versions', schema.versions.length);
  schema.lastVersion += 1;
  schema.versions.push({ version: schema.lastVersion, content, createdAt });
}

function refuseMore(what: keyof typeof MAX_COUNTS, count: number): void {
  if (count < MAX_COUNTS[what]) return;
  throw schemasError('ForbiddenException', `There are ${count} ${what} already, and no more are kept.`, 403);
}

function notFound(message: string): AwsError {
  return schemasError('NotFoundException', message, 404);
}

function conflict(message: string): AwsError {
  return schemasError('ConflictException', message, 409);
}
