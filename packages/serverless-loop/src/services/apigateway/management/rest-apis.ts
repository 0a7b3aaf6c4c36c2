import { createHash } from 'node:crypto';
import type { ApiModel, AuthorizerModel, RouteModel } from '../../../aws/api-model.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { parsePolicyDocument } from '../../../aws/policy-parsing.ts';
import { authorizerOf } from '../definition/authorizer.ts';
import { type Defined, readGatewayResponse } from '../definition/definition.ts';
import { mapOf, numberOf, wordMapOf, wordOf, wordsOf } from '../definition/plain.ts';
import type { RestApi, RestResource } from './rest-api.ts';
import type { ApiKeys } from './rest-keys.ts';
import { methodFrom, methodTold } from './rest-method.ts';

export interface RestApis {
  find(id: string): RestApi | undefined;
  list(): RestApi[];
  /** Serves it as it is now. */
  put(api: RestApi): void;
  remove(id: string): void;
  /** Serves those of these ids with the keys that open them now. */
  keysChanged(): void;
}

/** REST APIs that calls make, and those of stacks as they are served. */
export function restApis(
  served: { list(): ApiModel[]; put(api: ApiModel): void; remove(id: string): void },
  keys: Pick<ApiKeys, 'openingOf'>,
): RestApis {
  /** With what each was served as. */
  const known = new Map<string, { api: RestApi; model: ApiModel }>();

  function seen(model: ApiModel): RestApi {
    const before = known.get(model.name);
    if (before?.model === model) return before.api;
    const api = restApiOf(model);
    known.set(model.name, { api, model });
    return api;
  }

  const models = () => served.list().filter(({ protocol }) => protocol === 'REST');

  function put(api: RestApi): void {
    const model = modelOf(api, keys);
    known.set(api.id, { api, model });
    served.put(model);
  }

  return {
    find(id) {
      const model = models().find(({ name }) => name === id);
      return model && seen(model);
    },
    list: () => models().map(seen),
    put,
    remove(id) {
      known.delete(id);
      served.remove(id);
    },
    keysChanged() {
      for (const model of models()) {
        const api = seen(model);
        const wanted = [...(api.base?.apiKeys ?? []), ...keys.openingOf(api.id)];
        if (JSON.stringify(wanted) !== JSON.stringify(model.apiKeys)) put(api);
      }
    },
  };
}

export function emptyRestApi(id: string, settings: JsonObject): RestApi {
  const rootId = idOf(`${id} /`);
  return {
    id,
    settings,
    rootId,
    resources: new Map([[rootId, { id: rootId, path: '/', methods: new Map() }]]),
    models: new Map(),
    requestvalidators: new Map(),
    authorizers: new Map(),
    deployments: new Map(),
    stages: new Map(),
    gatewayresponses: new Map(),
  };
}

/** Ten small letters and digits that follow from a text. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

function modelOf(api: RestApi, keys: Pick<ApiKeys, 'openingOf'>): ApiModel {
  const { settings, base } = api;
  const policy = wordOf(settings.policy);
  const resourcePolicy = policy === undefined ? undefined : parsePolicyDocument(policy);
  return {
    logicalId: base?.logicalId ?? wordOf(settings.name) ?? api.id,
    name: api.id,
    title: wordOf(settings.name) ?? api.id,
    protocol: 'REST',
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
  const { throttlingRateLimit, throttlingBurstLimit } = mapOf(mapOf(given.methodSettings)['*/*']);
  const rate = numberOf(throttlingRateLimit);
  const burst = numberOf(throttlingBurstLimit);
  const isLimited = (rate ?? -1) >= 0 || (burst ?? -1) >= 0;
  const deploymentId = wordOf(given.deploymentId);
  return {
    name: wordOf(given.stageName) ?? '',
    ...(Object.keys(variables).length > 0 && { variables }),
    ...(isLimited && {
      throttle: { ratePerSecond: rate ?? Number.POSITIVE_INFINITY, burst: burst ?? Number.POSITIVE_INFINITY },
    }),
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

/** An API of a stack, as calls would have made it. */
function restApiOf(model: ApiModel): RestApi {
  const { logicalId, authorizers, gatewayResponses, apiKeys, binaryMediaTypes, times } = model;
  const api: RestApi = {
    ...emptyRestApi(model.name, {
      name: model.title,
      ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
      ...(times && { createdDate: times.createdAt }),
    }),
    base: { logicalId, authorizers, gatewayResponses, apiKeys },
  };
  addRoutes(api, model);
  for (const { name, variables, throttle, deploymentId } of model.stages)
    api.stages.set(name, {
      stageName: name,
      deploymentId,
      ...(variables && { variables }),
      ...(throttle && {
        methodSettings: {
          '*/*': { throttlingRateLimit: throttle.ratePerSecond, throttlingBurstLimit: throttle.burst },
        },
      }),
    });
  return api;
}

/** The resources that the paths of routes make, with their methods. */
export function addRoutes(api: RestApi, { routes }: Pick<Defined, 'routes'>): void {
  for (const route of routes) resourceAt(api, route.path).methods.set(route.method, methodTold(route));
}

/** The resource of a path, with those above it. */
function resourceAt(api: RestApi, path: string): RestResource {
  const known = [...api.resources.values()].find((resource) => resource.path === path);
  if (known) return known;
  const at = path.lastIndexOf('/');
  const parent = resourceAt(api, path.slice(0, at) || '/');
  const id = idOf(`${api.id} ${path}`);
  const made = { id, parentId: parent.id, pathPart: path.slice(at + 1), path, methods: new Map() };
  api.resources.set(id, made);
  return made;
}
