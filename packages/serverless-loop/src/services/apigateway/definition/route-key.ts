import type { RouteModel } from '../../../aws/api-model.ts';

/** The route of a key such as `GET /boxes`, as nothing else is said of it. */
export function routeOf(routeKey: string): RouteModel {
  const [method = '', path = '$default'] = routeKey.split(' ');
  const route = { auth: { kind: 'none' as const }, needsApiKey: false };
  return routeKey === '$default' ? { ...route, method: 'ANY', path: '$default' } : { ...route, method, path };
}
