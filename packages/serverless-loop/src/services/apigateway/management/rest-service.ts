import { frameworkDialect } from '../../../aws/dialect.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import {
  blob,
  boolean,
  integer,
  list,
  type Members,
  map,
  number,
  required,
  structure,
  text,
} from '../../../aws/members.ts';
import type { ServiceDescription } from '../../../aws/service.ts';
import { readDefinition } from '../definition/definition.ts';
import { isTrue, mapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { badRequest, type ManagementContext, needsOf, newId, notFound, operation } from './context.ts';
import { PATCH_OPERATIONS, patched, patchesOf } from './patch.ts';
import type { RestApi } from './rest-api.ts';
import { addRoutes, emptyRestApi } from './rest-apis.ts';
import { KEY_OPERATIONS } from './rest-key-operations.ts';
import { AUTHORIZER, DEPLOYED, GATEWAY_RESPONSE, MODEL, STAGED, VALIDATOR } from './rest-kinds.ts';
import { API, API_SETTINGS } from './rest-members.ts';
import { METHOD_OPERATIONS } from './rest-method-operations.ts';
import { LISTED, partOperations, restApi, restList, restPage } from './rest-parts.ts';
import { OF_API, RESOURCE_OPERATIONS } from './rest-resource-operations.ts';

const APIS = '/restapis';
const ONE = `${APIS}/{restApiId}`;
const TAGS = '/tags/{resourceArn}';
const TAGGED: Members = { resourceArn: required(text({ at: 'path' })) };
const BODY: Members = {
  body: required(blob({ at: 'payload' })),
  failOnWarnings: boolean({ at: 'query', name: 'failonwarnings' }),
};
const ACCOUNT: Members = {
  cloudwatchRoleArn: text(),
  throttleSettings: structure({ burstLimit: integer(), rateLimit: number() }),
  features: list(text()),
  apiKeyVersion: text(),
};
/** Of an account whose quotas nobody had raised (API Gateway guide, "Amazon API Gateway quotas"). */
const THROTTLE = { burstLimit: 5_000, rateLimit: 10_000 } as const;

const API_OPERATIONS = {
  CreateRestApi: operation({
    route: `POST ${APIS}`,
    status: 201,
    input: { ...API_SETTINGS, name: required(text()), tags: map(text()), cloneFrom: text() },
    output: API,
    needs: needsOf(`POST ${APIS}`),
    handle({ cloneFrom, ...given }, context) {
      if (cloneFrom !== undefined) throw badRequest('An API is not copied from another here.');
      return keep(emptyRestApi(newId(), newSettings(given, context)), context);
    },
  }),
  GetRestApi: operation({
    route: `GET ${ONE}`,
    input: OF_API,
    output: API,
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => describe(restApi(input, context)),
  }),
  GetRestApis: operation({
    route: `GET ${APIS}`,
    input: LISTED,
    output: restList(API),
    needs: needsOf(`GET ${APIS}`),
    handle: (input, { rest }) => restPage(rest.list().map(describe), 'rest apis', input),
  }),
  UpdateRestApi: operation({
    route: `PATCH ${ONE}`,
    input: { ...OF_API, patchOperations: PATCH_OPERATIONS },
    output: API,
    needs: needsOf(`PATCH ${ONE}`),
    handle(input, context) {
      const api = restApi(input, context);
      const settings = patched(api.settings, API_SETTINGS, patchesOf(input.patchOperations));
      return keep({ ...api, settings }, context);
    },
  }),
  DeleteRestApi: operation({
    route: `DELETE ${ONE}`,
    status: 202,
    input: OF_API,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      context.rest.remove(restApi(input, context).id);
      return {};
    },
  }),
  ImportRestApi: operation({
    route: `POST ${APIS}?mode=import`,
    status: 201,
    input: BODY,
    output: API,
    needs: needsOf(`POST ${APIS}`),
    handle(input, context) {
      const definition = definitionOf(input.body, context);
      const { title, description, version } = mapOf(definition.info);
      const given = { name: wordOf(title) ?? '', description: wordOf(description), version: wordOf(version) };
      const api = emptyRestApi(newId(), newSettings(given, context));
      return keep(defined(api, definition), context);
    },
  }),
  /** `merge` leaves what the definition says nothing of; `overwrite` takes it away (API Gateway API reference, "PutRestApi"). */
  PutRestApi: operation({
    route: `PUT ${ONE}`,
    input: { ...OF_API, ...BODY, mode: text({ at: 'query' }) },
    output: API,
    needs: needsOf(`PUT ${ONE}`),
    handle(input, context) {
      const before = restApi(input, context);
      const definition = definitionOf(input.body, context);
      if (input.mode !== 'overwrite') return keep(defined(before, definition), context);
      const { stages, deployments, settings } = before;
      const { title, description } = mapOf(definition.info);
      const named = {
        ...settings,
        name: wordOf(title) ?? settings.name,
        ...(wordOf(description) !== undefined && { description: wordOf(description) }),
      };
      const api = { ...emptyRestApi(before.id, named), stages, deployments };
      return keep(defined(api, definition), context);
    },
  }),
  GetAccount: operation({
    route: 'GET /account',
    input: {},
    output: ACCOUNT,
    needs: needsOf('GET /account'),
    handle: (_input, context) => account(context),
  }),
  UpdateAccount: operation({
    route: 'PATCH /account',
    input: { patchOperations: PATCH_OPERATIONS },
    output: ACCOUNT,
    needs: needsOf('PATCH /account'),
    handle(input, context) {
      context.account = patched(
        context.account,
        { cloudwatchRoleArn: text() },
        patchesOf(input.patchOperations),
      );
      return account(context);
    },
  }),
  GetTags: operation({
    route: `GET ${TAGS}`,
    input: { ...TAGGED, ...LISTED },
    output: { tags: map(text()) },
    needs: needsOf(`GET ${TAGS}`),
    handle: ({ resourceArn }, context) => ({ tags: mapOf(taggedBy(resourceArn, context).part.tags) }),
  }),
  TagResource: operation({
    route: `PUT ${TAGS}`,
    status: 204,
    input: { ...TAGGED, tags: required(map(text())) },
    needs: needsOf(`PUT ${TAGS}`),
    handle({ resourceArn, tags }, context) {
      const { part, keep: keepPart } = taggedBy(resourceArn, context);
      keepPart({ ...part, tags: { ...mapOf(part.tags), ...mapOf(tags) } });
      return {};
    },
  }),
  UntagResource: operation({
    route: `DELETE ${TAGS}`,
    status: 204,
    input: { ...TAGGED, tagKeys: required(list(text(), { at: 'query' })) },
    needs: needsOf(`DELETE ${TAGS}`),
    handle({ resourceArn, tagKeys }, context) {
      const { part, keep: keepPart } = taggedBy(resourceArn, context);
      const keys = wordsOf(tagKeys);
      const kept = Object.entries(mapOf(part.tags)).filter(([key]) => !keys.includes(key));
      keepPart({ ...part, tags: Object.fromEntries(kept) });
      return {};
    },
  }),
};

/** REST APIs, as callers make them over the wire; they are served at once. */
export const API_GATEWAY: ServiceDescription<ManagementContext> = {
  title: 'API Gateway',
  signingName: 'apigateway',
  dialect: frameworkDialect('BadRequestException'),
  rest: {},
  operations: {
    ...API_OPERATIONS,
    ...RESOURCE_OPERATIONS,
    ...METHOD_OPERATIONS,
    ...partOperations(MODEL),
    ...partOperations(VALIDATOR),
    ...partOperations(AUTHORIZER),
    ...partOperations(DEPLOYED),
    ...partOperations(STAGED),
    ...partOperations(GATEWAY_RESPONSE),
    ...KEY_OPERATIONS,
  },
};

function newSettings(given: JsonObject, { now }: ManagementContext): JsonObject {
  return {
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    tags: {},
    ...given,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4', ...mapOf(given.endpointConfiguration) },
    createdDate: now(),
  };
}

function definitionOf(body: unknown, { parse }: ManagementContext): Readonly<Record<string, unknown>> {
  const parsed = parse(Buffer.isBuffer(body) ? body.toString() : '');
  if (typeof parsed === 'string') throw badRequest(`Unable to build importer with API definition: ${parsed}`);
  return parsed;
}

function defined(api: RestApi, definition: Readonly<Record<string, unknown>>): RestApi {
  const read = readDefinition(definition, 'REST');
  addRoutes(api, read);
  const { authorizers, gatewayResponses, binaryMediaTypes } = read;
  const policy = definition['x-amazon-apigateway-policy'];
  return {
    ...api,
    settings: {
      ...api.settings,
      ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
      ...(policy !== undefined && { policy: JSON.stringify(policy) }),
    },
    base: {
      logicalId: api.base?.logicalId ?? wordOf(api.settings.name) ?? api.id,
      apiKeys: api.base?.apiKeys ?? [],
      authorizers: { ...api.base?.authorizers, ...authorizers },
      gatewayResponses: { ...api.base?.gatewayResponses, ...gatewayResponses },
    },
  };
}

function keep(api: RestApi, context: ManagementContext): JsonObject {
  context.rest.put(api);
  return describe(api);
}

/** The policy comes with its quotes escaped, as if it stood in JSON (LocalStack's record, tests/aws/services/apigateway/test_apigateway_import.snapshot.json). */
function describe({ id, rootId, settings }: RestApi): JsonObject {
  const policy = wordOf(settings.policy);
  return {
    ...settings,
    id,
    rootResourceId: rootId,
    disableExecuteApiEndpoint: isTrue(settings.disableExecuteApiEndpoint),
    ...(policy !== undefined && { policy: JSON.stringify(policy).slice(1, -1) }),
  };
}

function account({ account: settings }: ManagementContext): JsonObject {
  return { throttleSettings: THROTTLE, features: ['UsagePlans'], apiKeyVersion: '4', ...settings };
}

/** The holder of tags that an ARN names: an API, a stage, a key or a usage plan. */
function taggedBy(
  arn: unknown,
  { rest, keys }: ManagementContext,
): { part: JsonObject; keep(part: JsonObject): void } {
  const [, kind = '', id = '', stageName] =
    /^arn:[^:]+:apigateway:[^:]*::\/(restapis|apikeys|usageplans)\/([^/]+)(?:\/stages\/(.+))?$/.exec(
      wordOf(arn) ?? '',
    ) ?? [];
  const kept = kind === 'apikeys' ? keys.keys : keys.plans;
  const held = kind === 'restapis' ? undefined : kept.get(id);
  if (held) return { part: held, keep: (next) => void kept.set(id, next) };
  const api = kind === 'restapis' ? rest.find(id) : undefined;
  if (!api) throw notFound('Invalid resource identifier specified');
  if (stageName === undefined)
    return { part: api.settings, keep: (settings) => rest.put({ ...api, settings }) };
  const stage = api.stages.get(stageName);
  if (!stage) throw notFound('Invalid stage identifier specified');
  return {
    part: stage,
    keep(next) {
      api.stages.set(stageName, next);
      rest.put(api);
    },
  };
}
