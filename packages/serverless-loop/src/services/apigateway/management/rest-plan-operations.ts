import type { JsonObject } from '../../../aws/json-object.ts';
import { type Members, map, required, text } from '../../../aws/members.ts';
import { listOf, mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, type ManagementContext, needsOf, newId, notFound, operation } from './context.ts';
import { PATCH_OPERATIONS, type Patch, patched, patchesOf } from './patch.ts';
import { PLAN, PLAN_SETTINGS, PLAN_STAGES } from './rest-members.ts';
import { LISTED, restList, restPage } from './rest-parts.ts';

export const OF_PLAN: Members = { usagePlanId: required(text({ at: 'path' })) };

export const PLANS = '/usageplans';

/** Usage plans say which stages their keys open, and how often. */
export const PLAN_OPERATIONS = {
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
};

export function planOf(id: unknown, { keys }: ManagementContext): JsonObject {
  const plan = keys.plans.get(wordOf(id) ?? '');
  if (!plan) throw notFound(`Invalid Usage Plan ID ${wordOf(id)} specified`);
  return plan;
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
