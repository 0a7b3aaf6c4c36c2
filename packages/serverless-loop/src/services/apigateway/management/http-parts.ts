import type { JsonObject } from '../../../aws/json-object.ts';
import { type Kind, list, type Members, required, structure, text } from '../../../aws/members.ts';
import type { Operation } from '../../../aws/service.ts';
import { numberOf, wordOf } from '../definition/plain.ts';
import { type ManagementContext, needsOf, newId, noApi, notFound, operation, pageFrom } from './context.ts';
import type { HttpApi } from './http-api.ts';
import { onWire } from './http-members.ts';

/** A kind of part that an HTTP API has any number of, and that all are made, read, changed and removed alike. */
export interface PartKind {
  /** As operations name it, e.g. `Route`. */
  name: string;
  /** In the paths, and of the API. */
  collection: 'routes' | 'integrations' | 'authorizers' | 'stages' | 'deployments';
  /** The member that tells one from another. */
  id: string;
  /** It is given, and not drawn. */
  isNamed?: true;
  /** Members of its making and its changes. */
  settings: Members;
  /** Those that must be there. */
  needed: readonly string[];
  /** Those of its making alone. */
  once?: Members;
  /** The same, which no answer has. */
  asked?: Members;
  /** Those of the answers alone. */
  told?: Members;
  /** The part as it becomes. Throws AwsError as API Gateway refuses it. */
  settled(
    part: JsonObject,
    api: HttpApi,
    context: ManagementContext,
    before: JsonObject | undefined,
  ): JsonObject;
  /** Throws AwsError where it can't go. */
  refuseRemoval?(id: string, api: HttpApi): void;
}

export const OF_API: Members = { ApiId: required(text({ at: 'path' })) };
export const LISTED: Members = { MaxResults: text({ at: 'query' }), NextToken: text({ at: 'query' }) };
const MAX_PAGE_ITEMS = 100;

export function listOf<Item>(items: readonly Item[], name: string, input: JsonObject) {
  const { items: some, nextToken } = pageFrom(
    items,
    name,
    numberOf(input.MaxResults) ?? MAX_PAGE_ITEMS,
    wordOf(input.NextToken),
  );
  return { Items: some, NextToken: nextToken };
}

export function httpApi(input: JsonObject, context: ManagementContext): HttpApi {
  const id = wordOf(input.ApiId) ?? '';
  const api = context.http.find(id);
  if (!api) throw noApi(id, context);
  return api;
}

/** Create, get, list, update and delete. */
export function partOperations(kind: PartKind): Record<string, Operation<ManagementContext>> {
  const { name, collection, id, settings, once = {}, asked = {}, told = {} } = kind;
  const all = `/v2/apis/{ApiId}/${collection}`;
  const one = `${all}/{${id}}`;
  const isGiven = (member: string) => kind.needed.includes(member);
  const making = Object.fromEntries(
    Object.entries({ ...settings, ...once, ...asked }).map(([member, each]): [string, Kind] => [
      member,
      isGiven(member) ? required(each) : each,
    ]),
  );
  const output = onWire({ ...settings, ...once, ...told, [id]: text() });
  const ofPart: Members = { ...OF_API, [id]: required(text({ at: 'path' })) };

  function partOf(input: JsonObject, api: HttpApi): [id: string, part: JsonObject] {
    const wanted = String(input[id]);
    const part = api[collection].get(wanted);
    if (!part) throw notFound(`Invalid ${name} identifier specified`);
    return [wanted, part];
  }

  function keep(api: HttpApi, key: string, part: JsonObject, context: ManagementContext): JsonObject {
    api[collection].set(key, part);
    context.http.put(api);
    return part;
  }

  return {
    [`Create${name}`]: operation({
      route: `POST ${all}`,
      status: 201,
      input: onWire({ ...OF_API, ...making }),
      output,
      needs: needsOf(`POST ${all}`),
      handle({ ApiId, ...given }, context) {
        const api = httpApi({ ApiId }, context);
        const key = kind.isNamed ? String(given[id]) : newId(7);
        const part = kind.settled({ ...given, [id]: key }, api, context, undefined);
        return keep(api, key, part, context);
      },
    }),
    [`Get${name}`]: operation({
      route: `GET ${one}`,
      input: ofPart,
      output,
      needs: needsOf(`GET ${one}`),
      handle: (input, context) => partOf(input, httpApi(input, context))[1],
    }),
    [`Get${name}s`]: operation({
      route: `GET ${all}`,
      input: onWire({ ...OF_API, ...LISTED }),
      output: onWire({
        Items: list(structure({ ...settings, ...once, ...told, [id]: text() })),
        NextToken: text(),
      }),
      needs: needsOf(`GET ${all}`),
      handle(input, context) {
        const api = httpApi(input, context);
        return listOf([...api[collection].values()], `${api.id} ${collection}`, input);
      },
    }),
    [`Update${name}`]: operation({
      route: `PATCH ${one}`,
      input: { ...onWire(settings), ...ofPart },
      output,
      needs: needsOf(`PATCH ${one}`),
      handle({ ApiId, ...given }, context) {
        const api = httpApi({ ApiId }, context);
        const [key, before] = partOf(given, api);
        return keep(api, key, kind.settled({ ...before, ...given }, api, context, before), context);
      },
    }),
    [`Delete${name}`]: operation({
      route: `DELETE ${one}`,
      status: 204,
      input: ofPart,
      needs: needsOf(`DELETE ${one}`),
      handle(input, context) {
        const api = httpApi(input, context);
        const [key] = partOf(input, api);
        kind.refuseRemoval?.(key, api);
        api[collection].delete(key);
        context.http.put(api);
        return {};
      },
    }),
  };
}
