import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { integer, list, required, structure, text, timestamp } from '../../aws/members.ts';
import {
  findSchema,
  listed,
  type Named,
  operation,
  registryArn,
  type SchemasContext,
  schemaArn,
} from './context.ts';
import { discoverSchema } from './discover.ts';
import { addSchema, addVersion, type Schema, type SchemaVersion, versionOf } from './registries.ts';
import { badRequest } from './schemas-error.ts';
import {
  CONTENT,
  DESCRIPTION,
  IN_REGISTRY,
  NEW_SCHEMA,
  OF_SCHEMA,
  PAGED,
  SCHEMA,
  TAGS,
  TYPE,
} from './shapes.ts';

const AT_SCHEMA = '/v1/registries/name/{registryName}/schemas/name/{schemaName}';

export const SCHEMA_OPERATIONS = {
  ListSchemas: operation({
    route: 'GET /v1/registries/name/{registryName}/schemas',
    input: { ...IN_REGISTRY, ...PAGED, SchemaNamePrefix: text({ at: 'query', name: 'schemaNamePrefix' }) },
    output: {
      Schemas: list(
        structure({
          SchemaArn: text(),
          SchemaName: text(),
          VersionCount: integer(),
          LastModified: timestamp({ form: 'iso' }),
          Tags: TAGS,
        }),
      ),
      NextToken: text(),
    },
    needs: (input, context) => [registryArn(input, context)],
    handle(input, context) {
      const { RegistryName, SchemaNamePrefix: prefix = '' } = input;
      const { schemas } = context.registries.get(RegistryName);
      const found = [...schemas.values()].filter(({ name }) => name.startsWith(prefix));
      const { items, nextToken } = listed('ListSchemas', found, input);
      return {
        Schemas: items.map((schema) => ({
          SchemaArn: schemaArn({ RegistryName, SchemaName: schema.name }, context),
          SchemaName: schema.name,
          VersionCount: schema.versions.length,
          LastModified: schema.versions.at(-1)?.createdAt ?? 0,
          Tags: schema.tags,
        })),
        NextToken: nextToken,
      };
    },
  }),
  CreateSchema: operation({
    route: `POST ${AT_SCHEMA}`,
    status: 201,
    input: {
      ...NEW_SCHEMA,
      Description: DESCRIPTION,
      Tags: TAGS,
      Type: required(TYPE),
      Content: required(CONTENT),
    },
    output: SCHEMA,
    needs: (input, context) => [schemaArn(input, context)],
    handle(input, context) {
      const { SchemaName: name, Description, Tags: tags = {}, Type: type, Content } = input;
      refuseNoJson(Content);
      const description = Description === undefined ? {} : { description: Description };
      const schema: Schema = { name, ...description, tags, type, versions: [], lastVersion: 0 };
      addSchema(context.registries.get(input.RegistryName), schema);
      addVersion(schema, Content, context.now());
      return describe(input, schema, versionOf(schema), context);
    },
  }),
  DescribeSchema: operation({
    route: `GET ${AT_SCHEMA}`,
    input: { ...OF_SCHEMA, SchemaVersion: text({ at: 'query', name: 'schemaVersion' }) },
    output: { ...SCHEMA, Content: text() },
    needs: (input, context) => [schemaArn(input, context)],
    handle(input, context) {
      const schema = findSchema(input, context);
      const version = versionOf(schema, input.SchemaVersion);
      return { ...describe(input, schema, version, context), Content: version.content };
    },
  }),
  UpdateSchema: operation({
    route: `PUT ${AT_SCHEMA}`,
    input: {
      ...OF_SCHEMA,
      Description: DESCRIPTION,
      Type: TYPE,
      Content: CONTENT,
      ClientTokenId: text({ max: 36 }),
    },
    output: SCHEMA,
    needs: (input, context) => [schemaArn(input, context)],
    handle(input, context) {
      const { Description, Type, Content } = input;
      const schema = findSchema(input, context);
      if (Content !== undefined) refuseNoJson(Content);
      if (Description !== undefined) schema.description = Description;
      if (Type !== undefined) schema.type = Type;
      if (Content !== undefined) addVersion(schema, Content, context.now());
      return describe(input, schema, versionOf(schema), context);
    },
  }),
  DeleteSchema: operation({
    route: `DELETE ${AT_SCHEMA}`,
    status: 204,
    input: OF_SCHEMA,
    needs: (input, context) => [schemaArn(input, context)],
    handle(input, context) {
      const { name } = findSchema(input, context);
      context.registries.get(input.RegistryName).schemas.delete(name);
      return {};
    },
  }),
  ListSchemaVersions: operation({
    route: `GET ${AT_SCHEMA}/versions`,
    input: { ...OF_SCHEMA, ...PAGED },
    output: {
      SchemaVersions: list(
        structure({ SchemaArn: text(), SchemaName: text(), SchemaVersion: text(), Type: text() }),
      ),
      NextToken: text(),
    },
    needs: (input, context) => [schemaArn(input, context)],
    handle(input, context) {
      const { name, type, versions } = findSchema(input, context);
      const { items, nextToken } = listed('ListSchemaVersions', versions, input);
      return {
        SchemaVersions: items.map(({ version }) => ({
          SchemaArn: schemaArn(input, context),
          SchemaName: name,
          SchemaVersion: String(version),
          Type: type,
        })),
        NextToken: nextToken,
      };
    },
  }),
  DeleteSchemaVersion: operation({
    route: `DELETE ${AT_SCHEMA}/version/{schemaVersion}`,
    status: 204,
    input: { ...OF_SCHEMA, SchemaVersion: required(text({ at: 'path', name: 'schemaVersion' })) },
    needs: (input, context) => [schemaArn(input, context)],
    handle(input, context) {
      const schema = findSchema(input, context);
      const version = versionOf(schema, input.SchemaVersion);
      schema.versions = schema.versions.filter((one) => one !== version);
      // A schema without versions is no more.
      if (schema.versions.length === 0)
        context.registries.get(input.RegistryName).schemas.delete(schema.name);
      return {};
    },
  }),
  GetDiscoveredSchema: operation({
    route: 'POST /v1/discover',
    input: {
      Type: required(TYPE),
      Events: required(list(text({ min: 1, max: 100_000 }), { min: 1, max: 10 })),
    },
    output: { Content: text() },
    needs: (_input, context) => [registryArn({}, context)],
    handle: ({ Events }) => ({ Content: discoverSchema(Events) }),
  }),
};

function describe(named: Named, schema: Schema, version: SchemaVersion, context: SchemasContext) {
  return {
    SchemaArn: schemaArn(named, context),
    SchemaName: schema.name,
    SchemaVersion: String(version.version),
    Type: schema.type,
    Description: schema.description,
    Tags: schema.tags,
    LastModified: schema.versions.at(-1)?.createdAt ?? version.createdAt,
    VersionCreatedDate: version.createdAt,
  };
}

/** The content of a schema is a JSON document. */
function refuseNoJson(content: string): void {
  try {
    parseJsonWithin(content, SHORT_LIMITS);
  } catch {
    throw badRequest('Content is no JSON.');
  }
}
