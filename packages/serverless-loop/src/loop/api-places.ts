import type { ApiModel } from '../aws/api-model.ts';
import { apiUrl } from '../template/api-addresses.ts';

/** The addresses of an API of a loop. */
export interface ApiPlace {
  logicalId: string;
  /** A host of its own, which browsers and curl know how to reach; with the stage, where the API has no `$default`. */
  url: string;
  /** The same by a path of the loop's own host, for whatever does not resolve `<id>.localhost`. */
  pathUrl: string;
}

export function apiPlaces(apis: readonly ApiModel[], endpoint: string): ApiPlace[] {
  const { port } = new URL(endpoint);
  return apis.map((api) => {
    const isDefault = api.stages.some(({ name }) => name === '$default');
    // SAM's own deployment of a REST API leaves a stage of this name, which nobody means.
    const named = api.stages.find(({ name }) => name !== 'Stage') ?? api.stages[0];
    const stage = isDefault || !named ? '/' : `/${named.name}/`;
    return {
      logicalId: api.logicalId,
      url: `http://${api.name}.localhost${port === '' ? '' : `:${port}`}${stage}`,
      pathUrl: `${apiUrl(api, endpoint)}${stage}`,
    };
  });
}
