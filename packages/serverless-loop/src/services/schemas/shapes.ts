import { integer, map, oneOf, required, text, timestamp } from '../../aws/members.ts';
import { SCHEMA_TYPES } from './registries.ts';

/** Members that several operations have (EventBridge Schemas API reference), with the limits of the API's model. */

export const DESCRIPTION = text({ max: 256 });
export const TAGS = map(text(), { name: 'tags' });
export const TYPE = oneOf(SCHEMA_TYPES);
export const CONTENT = text({ min: 1, max: 100_000 });

/** Schemas API reference, "CreateSchema": letters, digits and `._-@`, at most 385 of them. */
const NEW_NAME = {
  at: 'path',
  pattern: String.raw`[.\-_A-Za-z@0-9]{1,385}`,
  reason: 'Valid characters are A-Z, a-z, 0-9, ".", "-", "_" and "@".',
} as const;

export const IN_REGISTRY = { RegistryName: required(text({ at: 'path', name: 'registryName' })) } as const;
export const NEW_REGISTRY = { RegistryName: required(text({ ...NEW_NAME, name: 'registryName' })) } as const;
export const OF_SCHEMA = {
  ...IN_REGISTRY,
  SchemaName: required(text({ at: 'path', name: 'schemaName' })),
} as const;
export const NEW_SCHEMA = {
  ...IN_REGISTRY,
  SchemaName: required(text({ ...NEW_NAME, name: 'schemaName' })),
} as const;

export const PAGED = {
  Limit: integer({ at: 'query', name: 'limit', min: 1 }),
  NextToken: text({ at: 'query', name: 'nextToken' }),
} as const;

export const REGISTRY_SUMMARY = { RegistryArn: text(), RegistryName: text(), Tags: TAGS } as const;
export const REGISTRY = { ...REGISTRY_SUMMARY, Description: text() } as const;

export const SCHEMA = {
  SchemaArn: text(),
  SchemaName: text(),
  SchemaVersion: text(),
  Type: text(),
  Description: text(),
  Tags: TAGS,
  LastModified: timestamp({ form: 'iso' }),
  VersionCreatedDate: timestamp({ form: 'iso' }),
} as const;
