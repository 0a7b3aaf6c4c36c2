import type { JsonObject } from '../../../aws/json-object.ts';
import { boolean, list, type Members, map, required, structure, text } from '../../../aws/members.ts';
import { isTrue, wordOf } from '../definition/plain.ts';
import {
  badRequest,
  conflict,
  type ManagementContext,
  needsOf,
  newId,
  notFound,
  operation,
} from './context.ts';
import { PATCH_OPERATIONS, patched, patchesOf } from './patch.ts';
import { KEY, KEY_SETTINGS } from './rest-members.ts';
import { LISTED, restList, restPage } from './rest-parts.ts';

const OF_KEY: Members = { apiKey: required(text({ at: 'path' })) };

export const NAMED: Members = { nameQuery: text({ at: 'query', name: 'name' }) };

/** API keys, which usage plans let open stages. */
export const KEY_OPERATIONS = {
  CreateApiKey: operation({
    route: 'POST /apikeys',
    status: 201,
    input: {
      ...KEY_SETTINGS,
      generateDistinctId: boolean(),
      value: text(),
      stageKeys: list(structure({ restApiId: text(), stageName: text() })),
      tags: map(text()),
    },
    output: KEY,
    needs: needsOf('POST /apikeys'),
    handle({ generateDistinctId: _, stageKeys: __, ...given }, context) {
      const { value = newId(40) } = given;
      // At least 20 characters (API Gateway guide, "Choose an API key source").
      if (String(value).length < 20) throw badRequest('API Key value should be at least 20 characters');
      if ([...context.keys.keys.values()].some((other) => other.value === value))
        throw conflict('API Key already exists');
      const now = context.now();
      const id = newId();
      const key = {
        enabled: false,
        tags: {},
        stageKeys: [],
        ...given,
        id,
        value,
        createdDate: now,
        lastUpdatedDate: now,
      };
      context.keys.keys.set(id, key);
      return key;
    },
  }),
  /** Its value only for who asks for it (API Gateway API reference, "GetApiKey", includeValue). */
  GetApiKey: operation({
    route: 'GET /apikeys/{apiKey}',
    input: { ...OF_KEY, includeValue: boolean({ at: 'query' }) },
    output: KEY,
    needs: needsOf('GET /apikeys/{apiKey}'),
    handle: (input, context) => told(keyOf(input.apiKey, context), isTrue(input.includeValue)),
  }),
  GetApiKeys: operation({
    route: 'GET /apikeys',
    input: {
      ...LISTED,
      ...NAMED,
      customerId: text({ at: 'query' }),
      includeValues: boolean({ at: 'query' }),
    },
    output: { ...restList(KEY), warnings: list(text()) },
    needs: needsOf('GET /apikeys'),
    handle(input, { keys }) {
      const all = [...keys.keys.values()]
        .filter(({ name }) => (wordOf(name) ?? '').startsWith(wordOf(input.nameQuery) ?? ''))
        .filter(({ customerId }) => input.customerId === undefined || customerId === input.customerId)
        .map((key) => told(key, isTrue(input.includeValues)));
      return restPage(all, 'api keys', input);
    },
  }),
  UpdateApiKey: operation({
    route: 'PATCH /apikeys/{apiKey}',
    input: { ...OF_KEY, patchOperations: PATCH_OPERATIONS },
    output: KEY,
    needs: needsOf('PATCH /apikeys/{apiKey}'),
    handle(input, context) {
      const before = keyOf(input.apiKey, context);
      const next = patched(before, KEY_SETTINGS, patchesOf(input.patchOperations));
      const key = { ...next, lastUpdatedDate: context.now() };
      context.keys.keys.set(String(before.id), key);
      context.rest.keysChanged();
      return told(key, false);
    },
  }),
  DeleteApiKey: operation({
    route: 'DELETE /apikeys/{apiKey}',
    status: 202,
    input: OF_KEY,
    needs: needsOf('DELETE /apikeys/{apiKey}'),
    handle(input, context) {
      const { keys } = context;
      const id = String(keyOf(input.apiKey, context).id);
      for (const planId of keys.plans.keys()) keys.keysOf(planId).delete(id);
      keys.keys.delete(id);
      context.rest.keysChanged();
      return {};
    },
  }),
};

export function keyOf(id: unknown, { keys }: ManagementContext): JsonObject {
  const key = keys.keys.get(wordOf(id) ?? '');
  if (!key) throw notFound('Invalid API Key identifier specified');
  return key;
}

function told({ value, ...key }: JsonObject, isWhole: boolean): JsonObject {
  return isWhole ? { ...key, value } : key;
}
