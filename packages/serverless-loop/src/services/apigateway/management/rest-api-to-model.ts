import type { ApiModel, AuthorizerModel, RouteModel } from '../../../aws/api-model.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { parsePolicyDocument } from '../../../aws/policy-parsing.ts';
import { authorizerOf } from '../definition/authorizer.ts';
import { readGatewayResponse } from '../definition/definition.ts';
import { isTrue, mapOf, numberOf, wordMapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { accessLogOf, methodLimits } from '../definition/stage-settings.ts';
import type { RestApi } from './rest-api.ts';
import type { ApiKeys } from './rest-keys.ts';
import { methodFrom } from './rest-method.ts';

/** The API as it is served. */
export function modelOf(api: RestApi, keys: Pick<ApiKeys, 'openingOf'>): ApiModel {
  const { settings, base } = api;
  const policy = wordOf(settings.policy);
  const resourcePolicy = policy === undefined ? undefined : parsePolicyDocument(policy);
  return {
    logicalId: base?.logicalId ?? wordOf(settings.name) ?? api.id,
    name: api.id,
    title: wordOf(settings.name) ?? api.id,
    protocol: 'REST',
    ...(isTrue(settings.disableExecuteApiEndpoint) && { isDefaultEndpointOff: true }),
    stages: [...api.stages.values()].map(stageFrom),
    routes: [...api.resources.values()].flatMap(({ id, path, methods }) =>
      [...methods.values()].map((method): RouteModel => methodFrom(method, { path, resourceId: id, api })),
    ),
    authorizers: {
      ...base?.authorizers,
      ...Object.fromEntries([...api.authorizers].map(([id, given]) => [id, authorizerFrom(given)] as const)),
    },
    binaryMediaTypes: wordsOf(settings.binaryMediaTypes),
    gatewayResponses: {
      ...base?.gatewayResponses,
      ...Object.fromEntries(
        [...api.gatewayresponses].map(([type, given]) => [type, readGatewayResponse(given)] as const),
      ),
    },
    ...(settings.apiKeySource === 'AUTHORIZER' && { apiKeySource: 'AUTHORIZER' as const }),
    apiKeys: [...(base?.apiKeys ?? []), ...keys.openingOf(api.id)],
    ...(resourcePolicy && { resourcePolicy: resourcePolicy.map((statement) => whole(statement, api.id)) }),
  };
}

/** `execute-api:/stage/GET/path` means the API that has the policy (API Gateway guide, "API Gateway resource policy examples"). */
function whole<S extends { resources?: string[] }>(statement: S, id: string): S {
  const { resources } = statement;
  if (!resources) return statement;
  return {
    ...statement,
    resources: resources.map((resource) =>
      resource.replace(/^execute-api:\/+/, `arn:*:execute-api:*:*:${id}/`),
    ),
  };
}

function stageFrom(given: JsonObject): ApiModel['stages'][number] {
  const variables = wordMapOf(given.variables);
  const limits = methodLimits(
    Object.entries(mapOf(given.methodSettings)).map(([key, settings]) => {
      const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = mapOf(settings);
      const end = key.lastIndexOf('/');
      return { path: key.slice(0, end), method: key.slice(end + 1), rate, burst };
    }),
  );
  const deploymentId = wordOf(given.deploymentId);
  return {
    name: wordOf(given.stageName) ?? '',
    ...(Object.keys(variables).length > 0 && { variables }),
    ...limits,
    ...accessLogOf(mapOf(given.accessLogSettings)),
    ...(deploymentId !== undefined && { deploymentId }),
  };
}

function authorizerFrom(given: JsonObject): AuthorizerModel {
  const sources = wordOf(given.identitySource);
  return authorizerOf({
    type: wordOf(given.type),
    uri: wordOf(given.authorizerUri),
    identitySources: sources === undefined ? [] : sources.split(',').map((source) => source.trim()),
    header: 'Authorization',
    issuer: undefined,
    audience: [],
    payload: '1.0',
    isSimple: false,
    tokenPattern: wordOf(given.identityValidationExpression),
    cacheSeconds: numberOf(given.authorizerResultTtlInSeconds),
    roleArn: wordOf(given.authorizerCredentials),
    protocol: 'REST',
  });
}
