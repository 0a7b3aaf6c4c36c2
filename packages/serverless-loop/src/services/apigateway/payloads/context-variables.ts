import { isObject } from '../../../aws/json-object.ts';
import { type PayloadParts, routeKeyOf } from './context.ts';
import { requestContext1 } from './format-1.ts';

/**
 * The `$context` of identity sources, mapped parameters and access logs (API Gateway guide, "Variables for access logging for API
 * Gateway", "Customize HTTP API access logs"): whatever the payload of the route's function, an HTTP API's authorizer has its findings
 * at `authorizer.claims.x` and `authorizer.x`.
 */
export function contextVariables(parts: PayloadParts): Record<string, unknown> {
  const { api, authorizer, route, request } = parts;
  const context = {
    ...requestContext1(parts),
    ...(request.mapped && { customDomain: { basePathMatched: request.mapped.basePath } }),
  };
  if (api.protocol !== 'HTTP') return context;
  const findings = authorizer?.jwt ?? authorizer?.lambda ?? authorizer;
  return { ...context, ...(isObject(findings) && { authorizer: findings }), routeKey: routeKeyOf(route) };
}

/** The value at `identity.sourceIp`, where it is no object. */
export function contextValue(context: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const value = path
    .split('.')
    .reduce<unknown>(
      (found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined),
      context,
    );
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}
