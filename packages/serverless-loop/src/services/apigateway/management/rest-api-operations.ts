import type { JsonObject } from '../../../aws/json-object.ts';
import { blob, boolean, type Members, map, required, text } from '../../../aws/members.ts';
import { readDefinition } from '../definition/definition.ts';
import { isTrue, mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, type ManagementContext, needsOf, newId, operation } from './context.ts';
import { refuseMappedApi } from './domain-rules.ts';
import { PATCH_OPERATIONS, patched, patchesOf } from './patch.ts';
import { emptyRestApi, type RestApi } from './rest-api.ts';
import { addRoutes } from './rest-api-from-model.ts';
import { API, API_SETTINGS } from './rest-members.ts';
import { LISTED, OF_API, restApi, restList, restPage } from './rest-parts.ts';

const APIS = '/restapis';
const ONE = `${APIS}/{restApiId}`;

const BODY: Members = {
  body: required(blob({ at: 'payload' })),
  failOnWarnings: boolean({ at: 'query', name: 'failonwarnings' }),
};

export const API_OPERATIONS = {
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
      const { id } = restApi(input, context);
      refuseMappedApi(id, 'REST', context);
      context.rest.remove(id);
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
  const { authorizers, gatewayResponses, binaryMediaTypes, apiKeySource } = read;
  const policy = definition['x-amazon-apigateway-policy'];
  return {
    ...api,
    settings: {
      ...api.settings,
      ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
      ...(apiKeySource && { apiKeySource }),
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
