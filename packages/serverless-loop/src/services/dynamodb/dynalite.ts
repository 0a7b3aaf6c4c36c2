import { createRequire } from 'node:module';
import type { JsonObject } from '../../aws/operation.ts';
import { boundParser } from './expression-parsers.ts';

/**
 * What the loop uses of dynalite: its store, its validations and its actions, without its HTTP server. The package has
 * no types of its own. All of it loads when it is first needed, an action's parts with the action's first call.
 */
const load = createRequire(import.meta.url);

export type Done<T = unknown> = (error: Error | null, value?: T) => void;

/** A sorted set of JSON values, with a lock a key. */
export interface ValueDb {
  /** `task` gets what releases the lock: it wraps the callback to be called at the end. */
  lock(key: string, task: (release: (done: Done) => Done) => void): void;
  get(key: string, done: Done<JsonObject>): void;
  put(key: string, value: JsonObject, done: Done): void;
  del(key: string, done: Done): void;
  createKeyStream(range?: { gte?: string; lt?: string }): NodeJS.ReadableStream;
}

export interface Store {
  options: { createTableMs: number; deleteTableMs: number; updateTableMs: number };
  db: { close(done: Done): void };
  /** The account and Region of the ARNs it makes are fields of the table of tables. */
  tableDb: ValueDb & { awsAccountId: string; awsRegion: string };
  /** With `checkStatus` only an ACTIVE table is found. */
  getTable(name: string, checkStatus: boolean | Done<JsonObject>, done?: Done<JsonObject>): void;
  getItemDb(tableName: string): ValueDb;
  getIndexDb(indexType: string, tableName: string, indexName: string): ValueDb;
}

/** dynalite's schema of an input member. */
export type MemberType = string | JsonObject;

export interface Action {
  run: (store: Store, input: JsonObject, done: Done<JsonObject | string>) => void;
  types: Record<string, MemberType>;
  /** Checks beyond types, with a message when one fails. */
  custom?: (input: JsonObject, store: Store) => string | undefined;
}

/** Both throw an Error with `statusCode` and `body`. */
export interface Validations {
  /** Gives a copy with only the members that `types` names, and takes all others out of the input. */
  checkTypes(input: JsonObject, types: Action['types']): JsonObject;
  checkValidations(input: JsonObject, types: Action['types'], custom: Action['custom'], store: Store): void;
}

/** Values above half of it get memory of their own. */
const BUFFER_POOL_BYTES = 1024;

/**
 * An empty store in memory. It keeps each value as a Buffer, and Node cuts small Buffers from 64 KB that live as long
 * as any of them does: 20 KB an item of 2 KB. So this process gets a pool too small to hold values.
 */
export function createStore(options: Store['options']): Store {
  Buffer.poolSize = BUFFER_POOL_BYTES;
  const { create }: { create(options: Store['options']): Store } = load('dynalite/db');
  return create(options);
}

/** As `load` keeps it. */
let validations: Validations | undefined;

export function loadValidations(): Validations {
  if (validations) return validations;
  for (const name of ['conditionParser', 'projectionParser', 'updateParser']) {
    const file = load.resolve(`dynalite/db/${name}`);
    boundParser(load(file), file);
  }
  const loaded: Validations = load('dynalite/validations');
  validations = loaded;
  return loaded;
}

/** `name` as in the API, e.g. `PutItem`. */
export function loadAction(name: string): Action {
  const file = name.charAt(0).toLowerCase() + name.slice(1);
  const { types, custom }: Pick<Action, 'types' | 'custom'> = load(`dynalite/validations/${file}`);
  const run: Action['run'] = load(`dynalite/actions/${file}`);
  return custom ? { run, types, custom } : { run, types };
}
