import { formatArn, type Place } from '../../aws/arn.ts';
import type { JsonObject, RestOperation, RestRequest } from '../../aws/operation.ts';
import { discoverSchema } from './discover.ts';
import { optionalText, readBody, readContent, readTags, readType, textList } from './input.ts';
import {
  addSchema,
  addVersion,
  Registries,
  type Registry,
  type Schema,
  type SchemaVersion,
  schemaOf,
  versionOf,
} from './registries.ts';
import { badRequest } from './schemas-error.ts';

const REGISTRY = '/v1/registries/name/(?<registry>[^/]+)';
const SCHEMA = `${REGISTRY}/schemas/name/(?<schema>[^/]+)`;

interface Input extends RestRequest {
  input: JsonObject;
}

type Answer = (request: Input) => JsonObject | undefined;

/** EventBridge Schemas, as far as it keeps registries and schemas; it is where SAM keeps the test events of functions. */
export function schemasOperations(place: Place, now: () => number = Date.now): RestOperation[] {
  const registries = new Registries();
  const registryOf = ({ params }: RestRequest) => registries.get(params.registry ?? '');
  const schemaIn = (request: RestRequest) => schemaOf(registryOf(request), request.params.schema ?? '');

  function arnOf(params: Record<string, string>): string {
    const { registry = '*', schema } = params;
    return formatArn(
      place,
      'schemas',
      schema === undefined ? `registry/${registry}` : `schema/${registry}/${schema}`,
    );
  }

  function operation(
    name: string,
    method: string,
    path: string,
    status: number,
    answer: Answer,
  ): RestOperation {
    return {
      name,
      signingName: 'schemas',
      method,
      path: new RegExp(`^${path}$`),
      handle(request) {
        const output = answer({ ...request, input: readBody(request.body) });
        return { status, ...(output && { body: JSON.stringify(output) }) };
      },
      needs: ({ params }) => [{ action: `schemas:${name}`, resource: arnOf(params) }],
    };
  }

  function describe(
    { schema: name, ...params }: Record<string, string>,
    schema: Schema,
    version: SchemaVersion,
  ): JsonObject {
    return {
      SchemaArn: arnOf({ ...params, schema: name ?? '' }),
      SchemaName: schema.name,
      SchemaVersion: String(version.version),
      Type: schema.type,
      Description: schema.description,
      tags: schema.tags,
      LastModified: timeOf(schema.versions.at(-1)?.createdAt ?? version.createdAt),
      VersionCreatedDate: timeOf(version.createdAt),
    };
  }

  return [
    operation('ListRegistries', 'GET', '/v1/registries', 200, () => ({
      Registries: registries.list().map((registry) => {
        const { Description: _, ...summary } = describeRegistry(registry, arnOf);
        return summary;
      }),
    })),
    operation('CreateRegistry', 'POST', REGISTRY, 201, ({ params, input }) => {
      const name = nameIn(params.registry);
      registries.create({ name, ...description(input), tags: readTags(input), schemas: new Map() });
      return describeRegistry(registries.get(name), arnOf);
    }),
    operation('DescribeRegistry', 'GET', REGISTRY, 200, (request) =>
      describeRegistry(registryOf(request), arnOf),
    ),
    operation(
      'DeleteRegistry',
      'DELETE',
      REGISTRY,
      204,
      ({ params }) => void registries.remove(params.registry ?? ''),
    ),
    operation('ListSchemas', 'GET', `${REGISTRY}/schemas`, 200, (request) => {
      const prefix = request.query.get('schemaNamePrefix') ?? '';
      const schemas = [...registryOf(request).schemas.values()].filter(({ name }) => name.startsWith(prefix));
      return {
        Schemas: schemas.map((schema) => ({
          SchemaArn: arnOf({ ...request.params, schema: schema.name }),
          SchemaName: schema.name,
          VersionCount: schema.versions.length,
          LastModified: timeOf(schema.versions.at(-1)?.createdAt ?? 0),
          tags: schema.tags,
        })),
      };
    }),
    operation('CreateSchema', 'POST', SCHEMA, 201, (request) => {
      const { params, input } = request;
      const name = nameIn(params.schema);
      const schema: Schema = {
        name,
        ...description(input),
        tags: readTags(input),
        type: readType(input),
        versions: [],
        lastVersion: 0,
      };
      const content = readContent(input);
      addSchema(registryOf(request), schema);
      addVersion(schema, content, now());
      return describe(params, schema, versionOf(schema, null));
    }),
    operation('DescribeSchema', 'GET', SCHEMA, 200, (request) => {
      const schema = schemaIn(request);
      const version = versionOf(schema, request.query.get('schemaVersion'));
      return { ...describe(request.params, schema, version), Content: version.content };
    }),
    operation('UpdateSchema', 'PUT', SCHEMA, 200, (request) => {
      const schema = schemaIn(request);
      const { input } = request;
      Object.assign(schema, description(input), input.Type === undefined ? {} : { type: readType(input) });
      if (input.Content !== undefined) addVersion(schema, readContent(input), now());
      return describe(request.params, schema, versionOf(schema, null));
    }),
    operation('DeleteSchema', 'DELETE', SCHEMA, 204, (request) => {
      registryOf(request).schemas.delete(schemaIn(request).name);
      return undefined;
    }),
    operation('ListSchemaVersions', 'GET', `${SCHEMA}/versions`, 200, (request) => {
      const { name, type, versions } = schemaIn(request);
      const SchemaArn = arnOf(request.params);
      return {
        SchemaVersions: versions.map(({ version }) => ({
          SchemaArn,
          SchemaName: name,
          SchemaVersion: String(version),
          Type: type,
        })),
      };
    }),
    operation('DeleteSchemaVersion', 'DELETE', `${SCHEMA}/version/(?<version>[^/]+)`, 204, (request) => {
      const schema = schemaIn(request);
      const version = versionOf(schema, request.params.version ?? '');
      schema.versions = schema.versions.filter((one) => one !== version);
      // A schema without versions is no more.
      if (schema.versions.length === 0) registryOf(request).schemas.delete(schema.name);
      return undefined;
    }),
    operation('GetDiscoveredSchema', 'POST', '/v1/discover', 200, ({ input }) => {
      readType(input);
      return { Content: discoverSchema(textList(input, 'Events')) };
    }),
  ];
}

function describeRegistry(
  { name, description: Description, tags }: Registry,
  arnOf: (params: Record<string, string>) => string,
): JsonObject {
  return { RegistryArn: arnOf({ registry: name }), RegistryName: name, Description, tags };
}

function description(input: JsonObject): { description?: string } {
  const given = optionalText(input, 'Description');
  return given === undefined ? {} : { description: given };
}

/** Schemas API reference, "CreateSchema": letters, digits and `._-@`, at most 385 of them. */
function nameIn(text: string | undefined): string {
  if (text !== undefined && /^[.\-_A-Za-z@0-9]{1,385}$/.test(text)) return text;
  throw badRequest(`Invalid name: ${text}. Valid characters are A-Z, a-z, 0-9, ".", "-", "_" and "@".`);
}

function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
