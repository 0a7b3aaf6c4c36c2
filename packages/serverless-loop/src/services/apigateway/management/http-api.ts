import type { JsonObject } from '../../../aws/json-object.ts';

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
