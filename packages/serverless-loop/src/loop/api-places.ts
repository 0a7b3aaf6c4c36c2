import type { ApiModel } from '../aws/api-model.ts';
import { domainsOf, mappingsOf } from '../services/apigateway/domains/domain-model.ts';
import { apiUrl, domainUrl } from '../template/api-addresses.ts';
import type { Stack } from '../template/model.ts';

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

/** The addresses of each base path of a stack's custom domains, by the domain with the base path. */
export function domainPlaces(
  stack: Pick<Stack, 'others'>,
  endpoint: string,
): (Omit<ApiPlace, 'logicalId'> & { name: string })[] {
  const { port } = new URL(endpoint);
  const domains = new Set(domainsOf(stack).map(({ name }) => name));
  return mappingsOf(stack)
    .filter(({ domainName }) => domains.has(domainName))
    .map(({ domainName, basePath }) => {
      const path = basePath === '' ? '/' : `/${basePath}/`;
      return {
        name: `${domainName}${basePath === '' ? '' : `/${basePath}`}`,
        url: `http://${domainName}.localhost${port === '' ? '' : `:${port}`}${path}`,
        pathUrl: `${domainUrl(domainName, endpoint)}${path}`,
      };
    });
}
