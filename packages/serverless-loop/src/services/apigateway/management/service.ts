import type { ManagementContext } from './context.ts';
import { httpApis } from './http-apis.ts';
import { restApis } from './rest-apis.ts';
import { apiKeys } from './rest-keys.ts';

export { API_GATEWAY_V2 } from './http-service.ts';
export { API_GATEWAY } from './rest-service.ts';

/** The context of both versions of API Gateway's API. */
export function managementContext(
  options: Pick<ManagementContext, 'place' | 'endpoint' | 'apis' | 'domains' | 'parse' | 'now'>,
): ManagementContext {
  const { apis } = options;
  const keys = apiKeys();
  return { ...options, http: httpApis(apis), rest: restApis(apis, keys), keys, account: {} };
}
