import type { JsonObject } from '../../../aws/json-object.ts';
import { type Members, required, text } from '../../../aws/members.ts';
import { mapOf, wordOf } from '../definition/plain.ts';
import { type ManagementContext, notFound } from './context.ts';
import { PATCH_OPERATIONS } from './patch.ts';
import type { RestApi, RestResource } from './rest-api.ts';
import { OF_RESOURCE, resourceOf } from './rest-resource-operations.ts';

export const METHOD_PATH = '/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}';
export const OF_METHOD: Members = { ...OF_RESOURCE, httpMethod: required(text({ at: 'path' })) };
export const PATCHES: Members = { patchOperations: PATCH_OPERATIONS };
export const INTEGRATION_PATH = `${METHOD_PATH}/integration`;

/** A method with the resource and the API that it is of. */
export interface Found {
  api: RestApi;
  resource: RestResource;
  method: JsonObject;
}

export function methodOf(input: JsonObject, context: ManagementContext): Found {
  const { api, resource } = resourceOf(input, context);
  const method = resource.methods.get(wordOf(input.httpMethod) ?? '');
  if (!method) throw notFound('Invalid Method identifier specified');
  return { api, resource, method };
}

export function integrationOf(method: JsonObject): Readonly<JsonObject> {
  if (method.methodIntegration === undefined) throw notFound('Invalid Integration identifier specified');
  return mapOf(method.methodIntegration);
}

export function integrate(
  { api, resource, method }: Found,
  integration: JsonObject,
  context: ManagementContext,
): void {
  keepMethod(api, resource, { ...method, methodIntegration: integration }, context);
}

export function keepMethod(
  api: RestApi,
  resource: RestResource,
  method: JsonObject,
  context: ManagementContext,
): JsonObject {
  resource.methods.set(wordOf(method.httpMethod) ?? '', method);
  context.rest.put(api);
  return method;
}
