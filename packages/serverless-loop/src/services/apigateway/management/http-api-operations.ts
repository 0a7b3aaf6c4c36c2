import { API_PATH } from '../../../aws/api-address.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { boolean, list, type Members, map, required, structure, text } from '../../../aws/members.ts';
import { type Defined, readDefinition } from '../definition/definition.ts';
import { isTrue, mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, type ManagementContext, needsOf, newId, operation } from './context.ts';
import { refuseMappedApi } from './domain-rules.ts';
import { emptyApi, type HttpApi } from './http-api.ts';
import { addParts, corsOf } from './http-api-from-model.ts';
import { API, API_SETTINGS, onWire, QUICK } from './http-members.ts';
import { httpApi, LISTED, listOf, OF_API } from './http-parts.ts';
import { quickCreate } from './http-quick-create.ts';

const APIS = '/v2/apis';
const ONE = `${APIS}/{ApiId}`;
const ANSWER = onWire(API);
const IMPORT: Members = {
  Body: required(text()),
  Basepath: text({ at: 'query' }),
  FailOnWarnings: boolean({ at: 'query' }),
};

/** HTTP APIs, as callers make them over the wire; they are served at once. */
export const API_OPERATIONS = {
  CreateApi: operation({
    route: `POST ${APIS}`,
    status: 201,
    input: onWire({
      ...API_SETTINGS,
      Name: required(text({ max: 128 })),
      ProtocolType: required(text()),
      ...QUICK,
      Tags: map(text()),
    }),
    output: ANSWER,
    needs: needsOf(`POST ${APIS}`),
    handle({ Target, RouteKey, CredentialsArn, ...given }, context) {
      if (given.ProtocolType !== 'HTTP')
        throw badRequest(`${wordOf(given.ProtocolType)} APIs are not emulated here; HTTP APIs are.`);
      const api = newApi(given, context);
      if (Target !== undefined) quickCreate(api, { Target, RouteKey, CredentialsArn }, context);
      context.http.put(api);
      return describe(api, context);
    },
  }),
  GetApi: operation({
    route: `GET ${ONE}`,
    input: OF_API,
    output: ANSWER,
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => describe(httpApi(input, context), context),
  }),
  GetApis: operation({
    route: `GET ${APIS}`,
    input: onWire(LISTED),
    output: onWire({ Items: list(structure(API)), NextToken: text() }),
    needs: needsOf(`GET ${APIS}`),
    handle: (input, context) =>
      listOf(
        context.http.list().map((api) => describe(api, context)),
        'apis',
        input,
      ),
  }),
  UpdateApi: operation({
    route: `PATCH ${ONE}`,
    input: { ...onWire({ ...API_SETTINGS, ...QUICK }), ...OF_API },
    output: ANSWER,
    needs: needsOf(`PATCH ${ONE}`),
    handle({ ApiId, Target, RouteKey, CredentialsArn, ...given }, context) {
      const api = httpApi({ ApiId }, context);
      const next = { ...api, settings: { ...api.settings, ...given } };
      if (Target !== undefined) quickCreate(next, { Target, RouteKey, CredentialsArn }, context);
      context.http.put(next);
      return describe(next, context);
    },
  }),
  DeleteApi: operation({
    route: `DELETE ${ONE}`,
    status: 204,
    input: OF_API,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      const { id } = httpApi(input, context);
      refuseMappedApi(id, 'HTTP', context);
      context.http.remove(id);
      return {};
    },
  }),
  ImportApi: operation({
    route: `PUT ${APIS}`,
    status: 201,
    input: onWire(IMPORT),
    output: ANSWER,
    needs: needsOf(`PUT ${APIS}`),
    handle({ Body }, context) {
      const { defined, ...given } = definitionOf(Body, context);
      const api = newApi(given, context);
      addParts(api, defined);
      context.http.put(api);
      return describe(api, context);
    },
  }),
  /** In place of all that the API had, but its stages (API reference, "ReimportApi"). */
  ReimportApi: operation({
    route: `PUT ${ONE}`,
    status: 201,
    input: { ...onWire(IMPORT), ...OF_API },
    output: ANSWER,
    needs: needsOf(`PUT ${ONE}`),
    handle({ ApiId, Body }, context) {
      const before = httpApi({ ApiId }, context);
      const { defined, ...given } = definitionOf(Body, context);
      const { CorsConfiguration: _, ...settings } = before.settings;
      const { stages, deployments } = before;
      const api = { ...emptyApi(before.id, { ...settings, ...given }), stages, deployments };
      addParts(api, defined);
      context.http.put(api);
      return describe(api, context);
    },
  }),
  DeleteCorsConfiguration: operation({
    route: `DELETE ${ONE}/cors`,
    status: 204,
    input: OF_API,
    needs: needsOf(`DELETE ${ONE}/cors`),
    handle(input, context) {
      const api = httpApi(input, context);
      const { CorsConfiguration: _, ...settings } = api.settings;
      context.http.put({ ...api, settings });
      return {};
    },
  }),
};

function newApi(given: JsonObject, { now }: ManagementContext): HttpApi {
  return emptyApi(newId(), {
    ApiKeySelectionExpression: '$request.header.x-api-key',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own syntax.
    RouteSelectionExpression: '${request.method} ${request.path}',
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'ipv4',
    ProtocolType: 'HTTP',
    Tags: {},
    ...given,
    CreatedDate: now(),
  });
}

function definitionOf(body: unknown, { parse }: ManagementContext): JsonObject & { defined: Defined } {
  const parsed = parse(wordOf(body) ?? '');
  if (typeof parsed === 'string') throw badRequest(`Unable to parse the OpenAPI definition: ${parsed}`);
  const { title, description, version } = mapOf(parsed.info);
  const defined = readDefinition(parsed, 'HTTP');
  return {
    defined,
    Name: wordOf(title) ?? '',
    ...(wordOf(description) !== undefined && { Description: wordOf(description) }),
    ...(wordOf(version) !== undefined && { Version: wordOf(version) }),
    ...(defined.cors && { CorsConfiguration: corsOf(defined.cors) }),
  };
}

function describe({ id, settings }: HttpApi, { endpoint }: ManagementContext): JsonObject {
  const { DisableExecuteApiEndpoint } = settings;
  return {
    ...settings,
    ApiId: id,
    DisableExecuteApiEndpoint: isTrue(DisableExecuteApiEndpoint),
    // At AWS `https://<id>.execute-api.<region>.amazonaws.com`.
    ApiEndpoint: `${endpoint}${API_PATH}${id}`,
  };
}
