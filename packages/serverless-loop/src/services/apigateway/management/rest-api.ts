import type { ApiModel } from '../../../aws/api-model.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { idOf } from '../definition/id.ts';

export interface RestResource {
  id: string;
  parentId?: string;
  pathPart?: string;
  path: string;
  /** By their HTTP methods. */
  methods: Map<string, JsonObject>;
}

type Parts = Map<string, JsonObject>;

/** A REST API as its API tells of it. */
export interface RestApi {
  id: string;
  settings: JsonObject;
  rootId: string;
  resources: Map<string, RestResource>;
  /** By name. */
  models: Parts;
  requestvalidators: Parts;
  authorizers: Parts;
  deployments: Parts;
  /** By name. */
  stages: Parts;
  /** By type. */
  gatewayresponses: Parts;
  /** The one that a stack has made, or a definition: what is not changed stays as that says. */
  base?: Pick<ApiModel, 'authorizers' | 'gatewayResponses' | 'apiKeys' | 'logicalId'>;
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

/** The method that this is true of, as refusals name it. */
export function userOf(
  api: RestApi,
  uses: (method: JsonObject) => boolean,
): { path: string; verb: string } | undefined {
  for (const { path, methods } of api.resources.values())
    for (const [verb, method] of methods) if (uses(method)) return { path, verb };
  return undefined;
}

export function methodsOf(api: RestApi): JsonObject[] {
  return [...api.resources.values()].flatMap(({ methods }) => [...methods.values()]);
}
