import { API_PATH } from '../../../aws/api-address.ts';
import { frameworkDialect } from '../../../aws/dialect.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { boolean, list, type Members, map, required, structure, text } from '../../../aws/members.ts';
import type { ServiceDescription } from '../../../aws/service.ts';
import { type Defined, readDefinition } from '../definition/definition.ts';
import { isTrue, mapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { badRequest, type ManagementContext, needsOf, newId, notFound, operation } from './context.ts';
import { addParts, corsOf, emptyApi, type HttpApi } from './http-apis.ts';
import { AUTHORIZER, DEPLOYED, INTEGRATION, ROUTE, STAGE } from './http-kinds.ts';
import { API, API_SETTINGS, onWire, QUICK } from './http-members.ts';
import { httpApi, LISTED, listOf, partOperations } from './http-parts.ts';

const APIS = '/v2/apis';
const ONE = `${APIS}/{ApiId}`;
const OF_API: Members = { ApiId: required(text({ at: 'path' })) };
const ANSWER = onWire(API);
const IMPORT: Members = {
  Body: required(text()),
  Basepath: text({ at: 'query' }),
  FailOnWarnings: boolean({ at: 'query' }),
};
const TAGS = '/v2/tags/{ResourceArn}';
const TAGGED: Members = { ResourceArn: required(text({ at: 'path' })) };

/** HTTP APIs, as callers make them over the wire; they are served at once. */
const API_OPERATIONS = {
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
      context.http.remove(httpApi(input, context).id);
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
  GetTags: operation({
    route: `GET ${TAGS}`,
    input: TAGGED,
    output: onWire({ Tags: map(text()) }),
    needs: needsOf(`GET ${TAGS}`),
    handle: ({ ResourceArn }, context) => ({ Tags: mapOf(taggedBy(ResourceArn, context).part.Tags) }),
  }),
  TagResource: operation({
    route: `POST ${TAGS}`,
    status: 201,
    input: { ...onWire({ Tags: map(text()) }), ...TAGGED },
    output: {},
    needs: needsOf(`POST ${TAGS}`),
    handle({ ResourceArn, Tags }, context) {
      const { part, keep } = taggedBy(ResourceArn, context);
      keep({ ...part, Tags: { ...mapOf(part.Tags), ...mapOf(Tags) } });
      return {};
    },
  }),
  UntagResource: operation({
    route: `DELETE ${TAGS}`,
    status: 204,
    input: { ...onWire({ TagKeys: required(list(text(), { at: 'query' })) }), ...TAGGED },
    needs: needsOf(`DELETE ${TAGS}`),
    handle({ ResourceArn, TagKeys }, context) {
      const { part, keep } = taggedBy(ResourceArn, context);
      const keys = wordsOf(TagKeys);
      const kept = Object.entries(mapOf(part.Tags)).filter(([key]) => !keys.includes(key));
      keep({ ...part, Tags: Object.fromEntries(kept) });
      return {};
    },
  }),
};

export const API_GATEWAY_V2: ServiceDescription<ManagementContext> = {
  title: 'API Gateway V2',
  signingName: 'apigateway',
  dialect: frameworkDialect('BadRequestException'),
  rest: {},
  operations: {
    ...API_OPERATIONS,
    ...partOperations(ROUTE),
    ...partOperations(INTEGRATION),
    ...partOperations(AUTHORIZER),
    ...partOperations(STAGE),
    ...partOperations(DEPLOYED),
  },
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

/** A route to one target, and a stage that deploys by itself (API reference, "CreateApi", target). */
function quickCreate(
  api: HttpApi,
  { Target, RouteKey, CredentialsArn }: JsonObject,
  context: ManagementContext,
): void {
  const IntegrationId = newId(7);
  const uri = wordOf(Target) ?? '';
  const managed = { ApiGatewayManaged: true };
  const isFunction = /^arn:[^:]+:lambda:/.test(uri);
  api.integrations.set(
    IntegrationId,
    INTEGRATION.settled(
      {
        ...managed,
        IntegrationId,
        IntegrationType: isFunction ? 'AWS_PROXY' : 'HTTP_PROXY',
        IntegrationUri: uri,
        PayloadFormatVersion: isFunction ? '2.0' : '1.0',
        ...(!isFunction && { IntegrationMethod: 'ANY' }),
        ...(CredentialsArn !== undefined && { CredentialsArn }),
      },
      api,
      context,
      undefined,
    ),
  );
  const RouteId = newId(7);
  const route = {
    ...managed,
    RouteId,
    RouteKey: RouteKey ?? '$default',
    Target: `integrations/${IntegrationId}`,
  };
  api.routes.set(RouteId, ROUTE.settled(route, api, context, undefined));
  const stage = { ...managed, StageName: '$default', AutoDeploy: true };
  if (!api.stages.has('$default')) api.stages.set('$default', STAGE.settled(stage, api, context, undefined));
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

/** The holder of tags that an ARN names: `arn:aws:apigateway:<region>::/apis/<id>`, or a stage below it. */
function taggedBy(
  arn: unknown,
  context: ManagementContext,
): { part: JsonObject; keep(part: JsonObject): void } {
  const [, id = '', stage] =
    /^arn:[^:]+:apigateway:[^:]*::\/apis\/([^/]+)(?:\/stages\/(.+))?$/.exec(wordOf(arn) ?? '') ?? [];
  const api = context.http.find(id);
  if (!api) throw notFound('Invalid API identifier specified');
  if (stage === undefined)
    return { part: api.settings, keep: (settings) => context.http.put({ ...api, settings }) };
  const part = api.stages.get(stage);
  if (!part) throw notFound('Invalid stage identifier specified');
  return {
    part,
    keep(next) {
      api.stages.set(stage, next);
      context.http.put(api);
    },
  };
}
