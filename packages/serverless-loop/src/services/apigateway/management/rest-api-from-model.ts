import type { ApiModel } from '../../../aws/api-model.ts';
import type { Defined } from '../definition/definition.ts';
import { emptyRestApi, idOf, type RestApi, type RestResource } from './rest-api.ts';
import { methodTold } from './rest-method.ts';

/** An API of a stack, as calls would have made it. */
export function restApiOf(model: ApiModel): RestApi {
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
