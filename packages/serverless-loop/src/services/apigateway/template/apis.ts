import type { ApiModel, RouteModel } from '../../../aws/api-model.ts';
import type { StackModels } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import type { Defined } from '../definition/definition.ts';

export function newApi(
  resource: Resource,
  world: World,
  protocol: ApiModel['protocol'],
  title: string | undefined,
  defined: Partial<Defined> = {},
): ApiModel {
  const { title: definedTitle, ...parts } = defined;
  return {
    logicalId: resource.logicalId,
    name: world.scope.physicalId(resource),
    title: title ?? definedTitle ?? resource.logicalId,
    protocol,
    stages: [],
    routes: [],
    authorizers: {},
    binaryMediaTypes: [],
    gatewayResponses: {},
    apiKeys: [],
    ...parts,
  };
}

/** The API of this template that a resource belongs to; that it is not here is reported. */
export function apiOf(
  resource: Resource,
  properties: Properties,
  property: 'ApiId' | 'RestApiId',
  { models, world }: { models: StackModels; world: World },
): ApiModel | undefined {
  const id = properties.requiredText(property);
  const api = models.apis.find(({ name }) => name === id);
  if (api) world.reports.emulated(resource);
  else world.reports.notEmulated(resource, `its API ${id} is not emulated or not in this template`);
  return api;
}

/** Tells which routes nothing here answers, or guards: as parts of the resource that says so. */
export function reportRoutes(
  resource: Resource,
  api: ApiModel,
  routes: readonly RouteModel[],
  world: World,
): void {
  for (const { method, path, integration, auth } of routes) {
    const authorizer = auth.kind === 'authorizer' ? api.authorizers[auth.name] : undefined;
    for (const found of [integration, authorizer])
      if (found?.kind === 'not emulated')
        world.reports.part(resource, `${method} ${path}`, resource.line, 'not emulated', found.reason);
  }
}
