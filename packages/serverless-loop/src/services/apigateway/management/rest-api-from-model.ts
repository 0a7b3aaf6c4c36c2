import type { ApiModel } from '../../../aws/api-model.ts';
import type { Defined } from '../definition/definition.ts';
import { idOf } from '../definition/id.ts';
import { emptyRestApi, type RestApi, type RestResource } from './rest-api.ts';
import { methodTold } from './rest-method.ts';

/** An API of a stack, as calls would have made it. */
export function restApiOf(model: ApiModel): RestApi {
  const { logicalId, authorizers, gatewayResponses, apiKeys, binaryMediaTypes, times } = model;
  const api: RestApi = {
    ...emptyRestApi(model.name, {
      name: model.title,
      ...(model.apiKeySource && { apiKeySource: model.apiKeySource }),
      ...(model.isDefaultEndpointOff && { disableExecuteApiEndpoint: true }),
      ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
      ...(times && { createdDate: times.createdAt }),
    }),
    base: { logicalId, authorizers, gatewayResponses, apiKeys },
  };
  addRoutes(api, model);
  for (const { name, variables, throttle, routeThrottles = {}, accessLog, deploymentId } of model.stages) {
    const limits = Object.entries({ ...routeThrottles, ...(throttle && { '* /*': throttle }) });
    api.stages.set(name, {
      stageName: name,
      deploymentId,
      ...(variables && { variables }),
      ...(limits.length > 0 && {
        methodSettings: Object.fromEntries(
          limits.map(([key, { ratePerSecond, burst }]) => [
            settingKey(key),
            { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst },
          ]),
        ),
      }),
      ...(accessLog && { accessLogSettings: accessLog }),
    });
  }
  return api;
}

/** `GET /boxes/{id}` is `boxes/{id}/GET` among a stage's method settings. */
function settingKey(routeKey: string): string {
  const [method = '', path = ''] = routeKey.split(' ');
  return `${path.replace(/^\//, '')}/${method}`;
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
