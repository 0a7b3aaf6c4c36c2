import type { ApiModel, AuthorizerModel, IntegrationModel, RouteAuth } from '../../../aws/api-model.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import type { Defined } from '../definition/definition.ts';
import { idOf } from '../definition/id.ts';
import { emptyApi, type HttpApi } from './http-api.ts';

/** An API of a stack, or of a definition, as calls would have made it. */
export function httpApiOf(model: ApiModel): HttpApi {
  const api = emptyApi(model.name, {
    Name: model.title,
    ProtocolType: 'HTTP',
    ...(model.isDefaultEndpointOff && { DisableExecuteApiEndpoint: true }),
    ...(model.cors && { CorsConfiguration: corsOf(model.cors) }),
    ...(model.times && { CreatedDate: model.times.createdAt }),
  });
  addParts(api, model);
  for (const { name, variables, throttle, routeThrottles, accessLog } of model.stages)
    api.stages.set(name, {
      StageName: name,
      AutoDeploy: true,
      ...(variables && { StageVariables: variables }),
      ...(throttle && {
        DefaultRouteSettings: {
          ThrottlingRateLimit: throttle.ratePerSecond,
          ThrottlingBurstLimit: throttle.burst,
        },
      }),
      ...(routeThrottles && {
        RouteSettings: Object.fromEntries(
          Object.entries(routeThrottles).map(([key, { ratePerSecond, burst }]) => [
            key,
            { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst },
          ]),
        ),
      }),
      ...(accessLog && {
        AccessLogSettings: { DestinationArn: accessLog.destinationArn, Format: accessLog.format },
      }),
    });
  return api;
}

/** Routes, integrations and authorizers of a model, with ids that follow from what they are. */
export function addParts(
  api: HttpApi,
  { routes, authorizers }: Pick<Defined, 'routes' | 'authorizers'>,
): void {
  for (const [name, authorizer] of Object.entries(authorizers))
    if (authorizer.kind !== 'not emulated') api.authorizers.set(name, authorizerTold(name, authorizer));
  for (const route of routes) {
    const key = route.path === '$default' ? '$default' : `${route.method} ${route.path}`;
    const RouteId = idOf(`${api.id} ${key}`, 7);
    const { integration, auth } = route;
    const IntegrationId = idOf(`${api.id} ${JSON.stringify(integration)}`, 7);
    const told = integration && integrationTold(integration);
    if (told) api.integrations.set(IntegrationId, { IntegrationId, ...told });
    api.routes.set(RouteId, {
      RouteId,
      RouteKey: key,
      ApiKeyRequired: false,
      ...authTold(auth, authorizers),
      ...(told && { Target: `integrations/${IntegrationId}` }),
    });
  }
}

/** An HTTP API has functions and HTTP backends behind it. */
function integrationTold(integration: IntegrationModel): JsonObject | undefined {
  if (integration.kind === 'function')
    return {
      IntegrationType: 'AWS_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: integration.functionArn,
      PayloadFormatVersion: integration.payload,
      TimeoutInMillis: integration.timeoutMs,
      ConnectionType: 'INTERNET',
      ...(integration.parameters && { RequestParameters: integration.parameters }),
      ...(integration.responseParameters && { ResponseParameters: integration.responseParameters }),
      ...(integration.roleArn !== undefined && { CredentialsArn: integration.roleArn }),
    };
  if (integration.kind !== 'http') return undefined;
  const { parameters } = integration;
  return {
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: integration.method,
    IntegrationUri: integration.uri,
    PayloadFormatVersion: '1.0',
    TimeoutInMillis: integration.timeoutMs,
    ConnectionType: 'INTERNET',
    ...(Object.keys(parameters).length > 0 && { RequestParameters: parameters }),
    ...(integration.responseParameters && { ResponseParameters: integration.responseParameters }),
  };
}

function authTold(auth: RouteAuth, authorizers: Record<string, AuthorizerModel>): JsonObject {
  if (auth.kind === 'none') return { AuthorizationType: 'NONE' };
  if (auth.kind === 'iam') return { AuthorizationType: 'AWS_IAM' };
  return {
    AuthorizationType: authorizers[auth.name]?.kind === 'jwt' ? 'JWT' : 'CUSTOM',
    AuthorizerId: auth.name,
    ...(auth.scopes.length > 0 && { AuthorizationScopes: auth.scopes }),
  };
}

function authorizerTold(
  name: string,
  authorizer: Exclude<AuthorizerModel, { kind: 'not emulated' }>,
): JsonObject {
  const told = { AuthorizerId: name, Name: name, IdentitySource: authorizer.identitySources };
  if (authorizer.kind === 'jwt')
    return {
      ...told,
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: authorizer.issuer, Audience: authorizer.audience },
    };
  return {
    ...told,
    AuthorizerType: 'REQUEST',
    AuthorizerUri: authorizer.functionArn,
    AuthorizerPayloadFormatVersion: authorizer.payload,
    AuthorizerResultTtlInSeconds: authorizer.cacheSeconds,
    EnableSimpleResponses: authorizer.isSimple,
    ...(authorizer.roleArn !== undefined && { AuthorizerCredentialsArn: authorizer.roleArn }),
  };
}

export function corsOf(cors: NonNullable<ApiModel['cors']>): JsonObject {
  return {
    AllowOrigins: cors.allowOrigins,
    AllowMethods: cors.allowMethods,
    AllowHeaders: cors.allowHeaders,
    ExposeHeaders: cors.exposeHeaders,
    AllowCredentials: cors.allowCredentials,
    ...(cors.maxAgeSeconds !== undefined && { MaxAge: cors.maxAgeSeconds }),
  };
}
