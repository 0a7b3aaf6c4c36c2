import type { JsonObject } from '../../../aws/json-object.ts';
import { list, type Members, required, text } from '../../../aws/members.ts';
import { wordOf, wordsOf } from '../definition/plain.ts';
import {
  badRequest,
  conflict,
  type ManagementContext,
  needsOf,
  newId,
  notFound,
  operation,
} from './context.ts';
import { PATCH_OPERATIONS, patchesOf } from './patch.ts';
import type { RestApi, RestResource } from './rest-api.ts';
import { RESOURCE } from './rest-members.ts';
import { LISTED, OF_API, restApi, restList, restPage } from './rest-parts.ts';

const ALL = '/restapis/{restApiId}/resources';
const ONE = `${ALL}/{resourceId}`;
export const OF_RESOURCE: Members = { ...OF_API, resourceId: required(text({ at: 'path' })) };
const EMBED = list(text(), { at: 'query' });
/** A part of a path, a parameter or a greedy one (API Gateway API reference, "CreateResource"). */
const PATH_PART = /^(\{[\w.$-]+\+?\}|[\w.:$-]+)$/;

/** The tree of a REST API's paths. */
export const RESOURCE_OPERATIONS = {
  CreateResource: operation({
    route: `POST ${ALL}/{parentId}`,
    status: 201,
    input: { ...OF_API, parentId: required(text({ at: 'path' })), pathPart: required(text()) },
    output: RESOURCE,
    needs: needsOf(`POST ${ALL}/{parentId}`),
    handle({ restApiId, parentId, pathPart: given }, context) {
      const api = restApi({ restApiId }, context);
      const parent = api.resources.get(wordOf(parentId) ?? '');
      if (!parent) throw notFound('Invalid Resource identifier specified');
      const pathPart = checkedPart(wordOf(given) ?? '', parent.id, api);
      const path = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
      const made = { id: newId(6), parentId: parent.id, pathPart, path, methods: new Map() };
      api.resources.set(made.id, made);
      context.rest.put(api);
      return describe(made);
    },
  }),
  GetResource: operation({
    route: `GET ${ONE}`,
    input: { ...OF_RESOURCE, embed: EMBED },
    output: RESOURCE,
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => describe(resourceOf(input, context).resource, wordsOf(input.embed)),
  }),
  GetResources: operation({
    route: `GET ${ALL}`,
    input: { ...OF_API, ...LISTED, embed: EMBED },
    output: restList(RESOURCE),
    needs: needsOf(`GET ${ALL}`),
    handle(input, context) {
      const api = restApi(input, context);
      const all = [...api.resources.values()].map((each) => describe(each, wordsOf(input.embed)));
      return restPage(all, `${api.id} resources`, input);
    },
  }),
  UpdateResource: operation({
    route: `PATCH ${ONE}`,
    input: { ...OF_RESOURCE, patchOperations: PATCH_OPERATIONS },
    output: RESOURCE,
    needs: needsOf(`PATCH ${ONE}`),
    handle(input, context) {
      const { api, resource } = resourceOf(input, context);
      for (const { path, value } of patchesOf(input.patchOperations)) {
        if (path === '/pathPart') resource.pathPart = checkedPart(value, resource.parentId ?? '', api);
        else if (path === '/parentId') moveUnder(resource, value, api);
        else
          throw badRequest(`Invalid patch path '${path}' specified. Must be one of: [/pathPart, /parentId]`);
      }
      renamePaths(api);
      context.rest.put(api);
      return describe(resource);
    },
  }),
  DeleteResource: operation({
    route: `DELETE ${ONE}`,
    status: 202,
    input: OF_RESOURCE,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      const { api, resource } = resourceOf(input, context);
      if (resource.id === api.rootId) throw badRequest('Root resource cannot be deleted');
      removeTree(resource.id, api);
      context.rest.put(api);
      return {};
    },
  }),
};

export function resourceOf(
  input: JsonObject,
  context: ManagementContext,
): { api: RestApi; resource: RestResource } {
  const api = restApi(input, context);
  const resource = api.resources.get(wordOf(input.resourceId) ?? '');
  if (!resource) throw notFound('Invalid Resource identifier specified');
  return { api, resource };
}

function checkedPart(part: string, parentId: string, api: RestApi): string {
  if (!PATH_PART.test(part))
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  const isThere = [...api.resources.values()].some(
    (other) => other.parentId === parentId && other.pathPart === part,
  );
  if (isThere) throw conflict('Another resource with the same parent already has this name: '.concat(part));
  return part;
}

function moveUnder(resource: RestResource, parentId: string, api: RestApi): void {
  for (let at = api.resources.get(parentId); at; at = api.resources.get(at.parentId ?? ''))
    if (at === resource) throw badRequest('Resources cannot be cyclical.');
  if (!api.resources.has(parentId)) throw notFound('Invalid Resource identifier specified');
  resource.parentId = parentId;
}

/** Those below it have other paths, too. */
function renamePaths(api: RestApi): void {
  const pathOf = ({ parentId, pathPart }: RestResource): string => {
    const parent = api.resources.get(parentId ?? '');
    return parent ? `${pathOf(parent)}/${pathPart}` : '';
  };
  for (const resource of api.resources.values()) resource.path = pathOf(resource) || '/';
}

function removeTree(id: string, api: RestApi): void {
  for (const child of [...api.resources.values()]) if (child.parentId === id) removeTree(child.id, api);
  api.resources.delete(id);
}

/** Its methods by their names, and whole where they are to be embedded. */
function describe(resource: RestResource, embedded: readonly string[] = []): JsonObject {
  const { methods, ...told } = resource;
  if (methods.size === 0) return told;
  const isWhole = embedded.includes('methods');
  return {
    ...told,
    resourceMethods: Object.fromEntries([...methods].map(([name, method]) => [name, isWhole ? method : {}])),
  };
}
