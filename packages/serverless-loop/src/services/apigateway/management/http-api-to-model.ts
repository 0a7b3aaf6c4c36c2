import type { ApiModel, ApiStage, AuthorizerModel, RouteAuth, RouteModel } from '../../../aws/api-model.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { authorizerOf } from '../definition/authorizer.ts';
import { readCors } from '../definition/definition.ts';
import { integrationOf } from '../definition/integration.ts';
import { inSmallLetters, isTrue, mapOf, numberOf, wordMapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { responseParametersOf } from '../definition/response-parameters.ts';
import { routeOf } from '../definition/route-key.ts';
import { accessLogOf, routeLimits } from '../definition/stage-settings.ts';
import { limitOf } from '../requests/throttle.ts';
import type { HttpApi } from './http-api.ts';

/** The API as it is served. */
export function modelOf(api: HttpApi, logicalId: string): ApiModel {
  const { settings } = api;
  const cors = mapOf(settings.CorsConfiguration);
  const integrations = new Map([...api.integrations].map(([id, given]) => [id, integrationFrom(given)]));
  return {
    logicalId,
    name: api.id,
    title: wordOf(settings.Name) ?? api.id,
    protocol: 'HTTP',
    ...(isTrue(settings.DisableExecuteApiEndpoint) && { isDefaultEndpointOff: true }),
    stages: [...api.stages.values()].map(stageFrom),
    routes: [...api.routes.values()].map((given): RouteModel => {
      const integration = integrations.get(wordOf(given.Target)?.replace(/^integrations\//, '') ?? '');
      return {
        ...routeOf(wordOf(given.RouteKey) ?? ''),
        auth: authOf(given),
        ...(integration && { integration }),
      };
    }),
    authorizers: Object.fromEntries(
      [...api.authorizers].map(([id, given]) => [id, authorizerFrom(given)] as const),
    ),
    ...(Object.keys(cors).length > 0 && { cors: readCors(inSmallLetters(cors)) }),
    binaryMediaTypes: [],
    gatewayResponses: {},
    apiKeys: [],
  };
}

function integrationFrom(given: JsonObject) {
  return integrationOf(
    {
      type: wordOf(given.IntegrationType),
      uri: wordOf(given.IntegrationUri),
      payload: wordOf(given.PayloadFormatVersion),
      timeoutMs: numberOf(given.TimeoutInMillis),
      roleArn: wordOf(given.CredentialsArn),
      method: wordOf(given.IntegrationMethod),
      parameters: wordMapOf(given.RequestParameters),
      requestTemplates: {},
      responses: [],
      subtype: wordOf(given.IntegrationSubtype),
      responseParameters: responseParametersOf(given.ResponseParameters),
    },
    'HTTP',
  );
}

function authOf(given: JsonObject): RouteAuth {
  const type = wordOf(given.AuthorizationType) ?? 'NONE';
  if (type === 'NONE') return { kind: 'none' };
  if (type === 'AWS_IAM') return { kind: 'iam' };
  return {
    kind: 'authorizer',
    name: wordOf(given.AuthorizerId) ?? '',
    scopes: wordsOf(given.AuthorizationScopes),
  };
}

function authorizerFrom(given: JsonObject): AuthorizerModel {
  const jwt = mapOf(given.JwtConfiguration);
  return authorizerOf({
    type: wordOf(given.AuthorizerType),
    uri: wordOf(given.AuthorizerUri),
    identitySources: wordsOf(given.IdentitySource),
    header: 'Authorization',
    issuer: wordOf(jwt.Issuer),
    audience: wordsOf(jwt.Audience),
    payload: wordOf(given.AuthorizerPayloadFormatVersion),
    isSimple: isTrue(given.EnableSimpleResponses),
    tokenPattern: undefined,
    cacheSeconds: numberOf(given.AuthorizerResultTtlInSeconds),
    roleArn: wordOf(given.AuthorizerCredentialsArn),
    protocol: 'HTTP',
  });
}

function stageFrom(given: JsonObject): ApiStage {
  const variables = wordMapOf(given.StageVariables);
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = mapOf(given.DefaultRouteSettings);
  const throttle = limitOf(numberOf(ThrottlingRateLimit), numberOf(ThrottlingBurstLimit));
  const deploymentId = wordOf(given.DeploymentId);
  return {
    name: wordOf(given.StageName) ?? '',
    ...(Object.keys(variables).length > 0 && { variables }),
    ...(throttle && { throttle }),
    ...routeLimits(given.RouteSettings),
    ...accessLogOf(mapOf(given.AccessLogSettings)),
    ...(deploymentId !== undefined && { deploymentId }),
  };
}
