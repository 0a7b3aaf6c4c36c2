import type { JsonObject } from '../../../aws/json-object.ts';
import { integer, type Kind, list, type Members, required, structure, text } from '../../../aws/members.ts';
import type { Operation } from '../../../aws/service.ts';
import { numberOf, wordOf } from '../definition/plain.ts';
import { type ManagementContext, needsOf, newId, noApi, notFound, operation, pageFrom } from './context.ts';
import { PATCH_OPERATIONS, type Patch, patched, patchesOf } from './patch.ts';
import type { RestApi } from './rest-api.ts';

/** A kind of part that a REST API has any number of. */
export interface PartKind {
  /** As operations name it, e.g. `Model`. */
  name: string;
  /** In the paths, and of the API. */
  collection: 'models' | 'requestvalidators' | 'authorizers' | 'deployments' | 'stages' | 'gatewayresponses';
  /** The parameter in the path that tells one from another, and the part's member that it is. */
  label: string;
  key: string;
  /** It is put under its key, and not created. */
  isPut?: true;
  /** Members of its making. */
  making: Members;
  needed?: readonly string[];
  /** Members that patches change. */
  patched: Members;
  answer: Members;
  /** The wire's name of the list's items where that is the member's own. */
  listed?: { member: string; hasPosition: boolean };
  /** In refusals, e.g. `Invalid Model Name specified`. */
  missing(key: string): string;
  /** The part as it becomes. Throws AwsError as API Gateway refuses it. */
  settled(
    part: JsonObject,
    api: RestApi,
    context: ManagementContext,
    before: JsonObject | undefined,
  ): JsonObject;
  patch?(part: JsonObject, patches: readonly Patch[]): JsonObject;
  /** Throws AwsError where it can't go. */
  refuseRemoval?(key: string, api: RestApi): void;
}

export const OF_API: Members = { restApiId: required(text({ at: 'path' })) };
export const LISTED: Members = { position: text({ at: 'query' }), limit: integer({ at: 'query' }) };
/** API Gateway API reference, "GetRestApis", limit. */
const PAGE_SIZE = 25;

/** One page of a list, as `items` that the wire calls `item`. */
export function restList(items: Members): Members {
  return { items: list(structure(items), { name: 'item' }), position: text() };
}

export function restPage<Item>(items: readonly Item[], name: string, input: JsonObject) {
  const { items: some, nextToken } = pageFrom(
    items,
    name,
    numberOf(input.limit) ?? PAGE_SIZE,
    wordOf(input.position),
  );
  return { items: some, position: nextToken };
}

export function restApi(input: JsonObject, context: ManagementContext): RestApi {
  const id = wordOf(input.restApiId) ?? '';
  const api = context.rest.find(id);
  if (!api) throw noApi(id, context);
  return api;
}

/** Create or put, get, list, update and delete. */
export function partOperations(kind: PartKind): Record<string, Operation<ManagementContext>> {
  const { name, collection, label, key, needed = [] } = kind;
  const all = `/restapis/{restApiId}/${collection}`;
  const one = `${all}/{${label}}`;
  const output = kind.answer;
  const ofPart: Members = { ...OF_API, [label]: required(text({ at: 'path' })) };
  const making = Object.fromEntries(
    Object.entries(kind.making).map(([member, each]): [string, Kind] => [
      member,
      needed.includes(member) ? required(each) : each,
    ]),
  );
  const { member = 'items', hasPosition = true } = kind.listed ?? {};

  function partOf(input: JsonObject, api: RestApi): [key: string, part: JsonObject] {
    const wanted = String(input[label]);
    const part = api[collection].get(wanted);
    if (!part) throw notFound(kind.missing(wanted));
    return [wanted, part];
  }

  function keep(api: RestApi, part: JsonObject, context: ManagementContext): JsonObject {
    api[collection].set(String(part[key]), part);
    context.rest.put(api);
    return part;
  }

  const route = kind.isPut ? `PUT ${one}` : `POST ${all}`;
  return {
    [`${kind.isPut ? 'Put' : 'Create'}${name}`]: operation({
      route,
      status: 201,
      input: kind.isPut ? { ...ofPart, ...making } : { ...OF_API, ...making },
      output,
      needs: needsOf(route),
      handle({ restApiId, ...given }, context) {
        const api = restApi({ restApiId }, context);
        const drawn = key === 'id' || 'id' in kind.answer ? { id: newId(6) } : {};
        return keep(api, kind.settled({ ...drawn, ...given }, api, context, undefined), context);
      },
    }),
    [`Get${name}`]: operation({
      route: `GET ${one}`,
      input: ofPart,
      output,
      needs: needsOf(`GET ${one}`),
      handle: (input, context) => partOf(input, restApi(input, context))[1],
    }),
    [`Get${name}s`]: operation({
      route: `GET ${all}`,
      input: { ...OF_API, ...(hasPosition ? LISTED : { deploymentId: text({ at: 'query' }) }) },
      output: hasPosition ? restList(kind.answer) : { [member]: list(structure(kind.answer)) },
      needs: needsOf(`GET ${all}`),
      handle(input, context) {
        const api = restApi(input, context);
        const parts = [...api[collection].values()];
        if (hasPosition) return restPage(parts, `${api.id} ${collection}`, input);
        const wanted = parts.filter(
          ({ deploymentId }) => input.deploymentId === undefined || deploymentId === input.deploymentId,
        );
        return { [member]: wanted };
      },
    }),
    [`Update${name}`]: operation({
      route: `PATCH ${one}`,
      input: { ...ofPart, patchOperations: PATCH_OPERATIONS },
      output,
      needs: needsOf(`PATCH ${one}`),
      handle(input, context) {
        const api = restApi(input, context);
        const [, before] = partOf(input, api);
        const patches = patchesOf(input.patchOperations);
        const next = kind.patch?.(before, patches) ?? patched(before, kind.patched, patches);
        return keep(api, kind.settled(next, api, context, before), context);
      },
    }),
    [`Delete${name}`]: operation({
      route: `DELETE ${one}`,
      status: 202,
      input: ofPart,
      needs: needsOf(`DELETE ${one}`),
      handle(input, context) {
        const api = restApi(input, context);
        const [wanted] = partOf(input, api);
        kind.refuseRemoval?.(wanted, api);
        api[collection].delete(wanted);
        context.rest.put(api);
        return {};
      },
    }),
  };
}
