import type { JsonObject } from '../../../aws/json-object.ts';
import { boolean, list, type Members, map, required, structure, text } from '../../../aws/members.ts';
import { isTrue, listOf, mapOf, wordOf } from '../definition/plain.ts';
import {
  badRequest,
  conflict,
  type ManagementContext,
  needsOf,
  newId,
  notFound,
  operation,
} from './context.ts';
import { PATCH_OPERATIONS, type Patch, patched, patchesOf } from './patch.ts';
import { KEY, KEY_SETTINGS, PLAN, PLAN_KEY, PLAN_SETTINGS, PLAN_STAGES } from './rest-members.ts';
import { LISTED, restList, restPage } from './rest-parts.ts';

const OF_KEY: Members = { apiKey: required(text({ at: 'path' })) };
const OF_PLAN: Members = { usagePlanId: required(text({ at: 'path' })) };
const OF_PLAN_KEY: Members = { ...OF_PLAN, keyId: required(text({ at: 'path' })) };
const NAMED: Members = { nameQuery: text({ at: 'query', name: 'name' }) };
const PLANS = '/usageplans';
const PLAN_KEYS = `${PLANS}/{usagePlanId}/keys`;

/** API keys, and the usage plans that say what they open. */
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

  CreateUsagePlan: operation({
    route: `POST ${PLANS}`,
    status: 201,
    input: { ...PLAN_SETTINGS, name: required(text()), apiStages: PLAN_STAGES, tags: map(text()) },
    output: PLAN,
    needs: needsOf(`POST ${PLANS}`),
    handle(given, context) {
      for (const stage of listOf(given.apiStages)) refuseNoStage(mapOf(stage), context);
      const plan = { apiStages: [], tags: {}, ...given, id: newId(6) };
      context.keys.plans.set(plan.id, plan);
      return plan;
    },
  }),
  GetUsagePlan: operation({
    route: `GET ${PLANS}/{usagePlanId}`,
    input: OF_PLAN,
    output: PLAN,
    needs: needsOf(`GET ${PLANS}/{usagePlanId}`),
    handle: (input, context) => planOf(input.usagePlanId, context),
  }),
  GetUsagePlans: operation({
    route: `GET ${PLANS}`,
    input: { ...LISTED, keyId: text({ at: 'query' }) },
    output: restList(PLAN),
    needs: needsOf(`GET ${PLANS}`),
    handle(input, { keys }) {
      const keyId = wordOf(input.keyId);
      const all = [...keys.plans].filter(([id]) => keyId === undefined || keys.keysOf(id).has(keyId));
      return restPage(
        all.map(([, plan]) => plan),
        'usage plans',
        input,
      );
    },
  }),
  UpdateUsagePlan: operation({
    route: `PATCH ${PLANS}/{usagePlanId}`,
    input: { ...OF_PLAN, patchOperations: PATCH_OPERATIONS },
    output: PLAN,
    needs: needsOf(`PATCH ${PLANS}/{usagePlanId}`),
    handle(input, context) {
      const before = planOf(input.usagePlanId, context);
      const plan = patchesOf(input.patchOperations).reduce(
        (each, patch) => patchedPlan(each, patch, context),
        before,
      );
      context.keys.plans.set(String(before.id), plan);
      context.rest.keysChanged();
      return plan;
    },
  }),
  DeleteUsagePlan: operation({
    route: `DELETE ${PLANS}/{usagePlanId}`,
    status: 202,
    input: OF_PLAN,
    needs: needsOf(`DELETE ${PLANS}/{usagePlanId}`),
    handle(input, context) {
      const plan = planOf(input.usagePlanId, context);
      if (listOf(plan.apiStages).length > 0)
        throw badRequest(
          `Cannot delete Usage Plan ${plan.id} because the usage plan has API stages associated.`,
        );
      context.keys.plans.delete(String(plan.id));
      return {};
    },
  }),

  CreateUsagePlanKey: operation({
    route: `POST ${PLAN_KEYS}`,
    status: 201,
    input: { ...OF_PLAN, keyId: required(text()), keyType: required(text()) },
    output: PLAN_KEY,
    needs: needsOf(`POST ${PLAN_KEYS}`),
    handle(input, context) {
      const plan = planOf(input.usagePlanId, context);
      const key = keyOf(input.keyId, context);
      const own = context.keys.keysOf(String(plan.id));
      if (own.has(String(key.id)))
        throw conflict(
          `Usage Plan ${plan.id} cannot be added because API Key cannot reference multiple Usage Plans with the same API:Stage`,
        );
      own.add(String(key.id));
      context.rest.keysChanged();
      return planKey(key);
    },
  }),
  GetUsagePlanKey: operation({
    route: `GET ${PLAN_KEYS}/{keyId}`,
    input: OF_PLAN_KEY,
    output: PLAN_KEY,
    needs: needsOf(`GET ${PLAN_KEYS}/{keyId}`),
    handle: (input, context) => planKey(keyOfPlan(input, context)),
  }),
  GetUsagePlanKeys: operation({
    route: `GET ${PLAN_KEYS}`,
    input: { ...OF_PLAN, ...LISTED, ...NAMED },
    output: restList(PLAN_KEY),
    needs: needsOf(`GET ${PLAN_KEYS}`),
    handle(input, context) {
      const plan = planOf(input.usagePlanId, context);
      const all = [...context.keys.keysOf(String(plan.id))]
        .map((id) => keyOf(id, context))
        .filter(({ name }) => (wordOf(name) ?? '').startsWith(wordOf(input.nameQuery) ?? ''));
      return restPage(all.map(planKey), `keys of ${plan.id}`, input);
    },
  }),
  DeleteUsagePlanKey: operation({
    route: `DELETE ${PLAN_KEYS}/{keyId}`,
    status: 202,
    input: OF_PLAN_KEY,
    needs: needsOf(`DELETE ${PLAN_KEYS}/{keyId}`),
    handle(input, context) {
      const key = keyOfPlan(input, context);
      context.keys.keysOf(String(input.usagePlanId)).delete(String(key.id));
      context.rest.keysChanged();
      return {};
    },
  }),
};

function keyOf(id: unknown, { keys }: ManagementContext): JsonObject {
  const key = keys.keys.get(wordOf(id) ?? '');
  if (!key) throw notFound('Invalid API Key identifier specified');
  return key;
}

function planOf(id: unknown, { keys }: ManagementContext): JsonObject {
  const plan = keys.plans.get(wordOf(id) ?? '');
  if (!plan) throw notFound(`Invalid Usage Plan ID ${wordOf(id)} specified`);
  return plan;
}

function keyOfPlan({ usagePlanId, keyId }: JsonObject, context: ManagementContext): JsonObject {
  const plan = planOf(usagePlanId, context);
  const id = wordOf(keyId) ?? '';
  if (!context.keys.keysOf(String(plan.id)).has(id)) throw notFound(`Invalid API Key identifier specified`);
  return keyOf(id, context);
}

function told({ value, ...key }: JsonObject, isWhole: boolean): JsonObject {
  return isWhole ? { ...key, value } : key;
}

function planKey({ id, name, value }: JsonObject): JsonObject {
  return { id, type: 'API_KEY', value, name };
}

function refuseNoStage({ apiId, stage }: Readonly<JsonObject>, { rest }: ManagementContext): void {
  const api = rest.find(wordOf(apiId) ?? '');
  if (!api?.stages.has(wordOf(stage) ?? ''))
    throw notFound(`API Stage not found: ${wordOf(apiId)}:${wordOf(stage)}`);
}

/** A stage is told as `<api>:<stage>` (API Gateway API reference, "UpdateUsagePlan"). */
function patchedPlan(plan: JsonObject, patch: Patch, context: ManagementContext): JsonObject {
  if (patch.path !== '/apiStages') return patched(plan, PLAN_SETTINGS, [patch]);
  const [apiId, stage] = patch.value.split(':');
  const others = listOf(plan.apiStages).filter((each) => {
    const own = mapOf(each);
    return own.apiId !== apiId || own.stage !== stage;
  });
  if (patch.op === 'remove') return { ...plan, apiStages: others };
  refuseNoStage({ apiId, stage }, context);
  return { ...plan, apiStages: [...others, { apiId, stage }] };
}
