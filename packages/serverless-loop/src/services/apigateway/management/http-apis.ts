import { createHash } from 'node:crypto';
import type { ApiModel, ApiStage, AuthorizerModel, RouteAuth, RouteModel } from '../../../aws/api-model.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { authorizerOf } from '../definition/authorizer.ts';
import { type Defined, readCors } from '../definition/definition.ts';
import { integrationOf } from '../definition/integration.ts';
import { isTrue, mapOf, numberOf, wordMapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { routeOf } from '../definition/route-key.ts';

/** Parts of an HTTP API by their ids, each with its members as calls give them. */
type Parts = Map<string, JsonObject>;

/** An HTTP API as its API tells of it. */
export interface HttpApi {
  id: string;
  settings: JsonObject;
  routes: Parts;
  integrations: Parts;
  authorizers: Parts;
  /** By name. */
  stages: Parts;
  deployments: Parts;
}

export interface HttpApis {
  find(id: string): HttpApi | undefined;
  list(): HttpApi[];
  /** Serves it as it is now. */
  put(api: HttpApi): void;
  remove(id: string): void;
}

/** HTTP APIs that calls make, and those of stacks as they are served. */
export function httpApis(served: {
  list(): ApiModel[];
  put(api: ApiModel): void;
  remove(id: string): void;
}): HttpApis {
  /** With what each was served as. */
  const known = new Map<string, { api: HttpApi; model: ApiModel }>();

  function seen(model: ApiModel): HttpApi {
    const before = known.get(model.name);
    if (before?.model === model) return before.api;
    const api = httpApiOf(model);
    known.set(model.name, { api, model });
    return api;
  }

  const models = () => served.list().filter(({ protocol }) => protocol === 'HTTP');
  return {
    find(id) {
      const model = models().find(({ name }) => name === id);
      return model && seen(model);
    },
    list: () => models().map(seen),
    put(api) {
      const before = models().find(({ name }) => name === api.id);
      const model = modelOf(api, before?.logicalId ?? wordOf(api.settings.Name) ?? api.id);
      known.set(api.id, { api, model });
      served.put(model);
    },
    remove(id) {
      known.delete(id);
      served.remove(id);
    },
  };
}

export function emptyApi(id: string, settings: JsonObject): HttpApi {
  return {
    id,
    settings,
    routes: new Map(),
    integrations: new Map(),
    authorizers: new Map(),
    stages: new Map(),
    deployments: new Map(),
  };
}

function modelOf(api: HttpApi, logicalId: string): ApiModel {
  const { settings } = api;
  const cors = mapOf(settings.CorsConfiguration);
  const integrations = new Map([...api.integrations].map(([id, given]) => [id, integrationFrom(given)]));
  return {
    logicalId,
    name: api.id,
    title: wordOf(settings.Name) ?? api.id,
    protocol: 'HTTP',
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
      requestTemplates: {},
      responses: [],
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
  const rate = numberOf(ThrottlingRateLimit);
  const burst = numberOf(ThrottlingBurstLimit);
  const isLimited = rate !== undefined || burst !== undefined;
  const deploymentId = wordOf(given.DeploymentId);
  return {
    name: wordOf(given.StageName) ?? '',
    ...(Object.keys(variables).length > 0 && { variables }),
    ...(isLimited && {
      throttle: { ratePerSecond: rate ?? Number.POSITIVE_INFINITY, burst: burst ?? Number.POSITIVE_INFINITY },
    }),
    ...(deploymentId !== undefined && { deploymentId }),
  };
}

/** `AllowOrigins` is `allowOrigins` in a definition. */
function inSmallLetters(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]),
  );
}

/** An API of a stack, or of a definition, as calls would have made it. */
function httpApiOf(model: ApiModel): HttpApi {
  const api = emptyApi(model.name, {
    Name: model.title,
    ProtocolType: 'HTTP',
    ...(model.cors && { CorsConfiguration: corsOf(model.cors) }),
    ...(model.times && { CreatedDate: model.times.createdAt }),
  });
  addParts(api, model);
  for (const { name, variables, throttle } of model.stages)
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
    const RouteId = idOf(`${api.id} ${key}`);
    const { integration, auth } = route;
    const IntegrationId = idOf(`${api.id} ${JSON.stringify(integration)}`);
    if (integration?.kind === 'function')
      api.integrations.set(IntegrationId, {
        IntegrationId,
        IntegrationType: 'AWS_PROXY',
        IntegrationMethod: 'POST',
        IntegrationUri: integration.functionArn,
        PayloadFormatVersion: integration.payload,
        TimeoutInMillis: integration.timeoutMs,
        ConnectionType: 'INTERNET',
        ...(integration.roleArn !== undefined && { CredentialsArn: integration.roleArn }),
      });
    api.routes.set(RouteId, {
      RouteId,
      RouteKey: key,
      ApiKeyRequired: false,
      ...authTold(auth, authorizers),
      ...(integration?.kind === 'function' && { Target: `integrations/${IntegrationId}` }),
    });
  }
}

/** Seven small letters and digits that follow from a text. */
function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 7);
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
