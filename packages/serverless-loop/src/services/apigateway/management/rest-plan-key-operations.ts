import type { JsonObject } from '../../../aws/json-object.ts';
import { type Members, required, text } from '../../../aws/members.ts';
import { wordOf } from '../definition/plain.ts';
import { conflict, type ManagementContext, needsOf, notFound, operation } from './context.ts';
import { keyOf, NAMED } from './rest-key-operations.ts';
import { PLAN_KEY } from './rest-members.ts';
import { LISTED, restList, restPage } from './rest-parts.ts';
import { OF_PLAN, PLANS, planOf } from './rest-plan-operations.ts';

const OF_PLAN_KEY: Members = { ...OF_PLAN, keyId: required(text({ at: 'path' })) };

const PLAN_KEYS = `${PLANS}/{usagePlanId}/keys`;

/** Keys of usage plans. */
export const PLAN_KEY_OPERATIONS = {
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

function keyOfPlan({ usagePlanId, keyId }: JsonObject, context: ManagementContext): JsonObject {
  const plan = planOf(usagePlanId, context);
  const id = wordOf(keyId) ?? '';
  if (!context.keys.keysOf(String(plan.id)).has(id)) throw notFound(`Invalid API Key identifier specified`);
  return keyOf(id, context);
}

function planKey({ id, name, value }: JsonObject): JsonObject {
  return { id, type: 'API_KEY', value, name };
}
