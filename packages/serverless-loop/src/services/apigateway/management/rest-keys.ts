import type { ApiKeyModel } from '../../../aws/api-model.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { isTrue, listOf, mapOf, numberOf, wordOf } from '../definition/plain.ts';
import { limitOf } from '../requests/throttle.ts';

/** API keys and usage plans that calls make (API Gateway guide, "Usage plans and API keys"). */
export interface ApiKeys {
  keys: Map<string, JsonObject>;
  plans: Map<string, JsonObject>;
  /** The ids of a plan's keys. */
  keysOf(planId: string): Set<string>;
  /** Those that open stages of an API. */
  openingOf(apiId: string): ApiKeyModel[];
}

const PERIODS = ['DAY', 'WEEK', 'MONTH'] as const;

export function apiKeys(): ApiKeys {
  const keys = new Map<string, JsonObject>();
  const plans = new Map<string, JsonObject>();
  const keysOfPlans = new Map<string, Set<string>>();

  function keysOf(planId: string): Set<string> {
    const known = keysOfPlans.get(planId) ?? new Set();
    keysOfPlans.set(planId, known);
    return known;
  }

  return {
    keys,
    plans,
    keysOf,
    openingOf: (apiId) =>
      [...plans].flatMap(([planId, plan]) => {
        const opening = planFrom(plan);
        if (!opening.stages.some((stage) => stage.apiId === apiId)) return [];
        return [...keysOf(planId)].flatMap((id) => {
          const key = keys.get(id);
          if (!key) return [];
          return [{ ...opening, id, value: wordOf(key.value) ?? '', isEnabled: isTrue(key.enabled) }];
        });
      }),
  };
}

function planFrom(plan: JsonObject): Pick<ApiKeyModel, 'stages' | 'throttle' | 'quota'> {
  const { rateLimit, burstLimit } = mapOf(plan.throttle);
  const { limit, period } = mapOf(plan.quota);
  const throttle = limitOf(numberOf(rateLimit), numberOf(burstLimit));
  const known = PERIODS.find((each) => each === period);
  const most = numberOf(limit);
  return {
    stages: listOf(plan.apiStages)
      .map(mapOf)
      .map((stage) => ({ apiId: wordOf(stage.apiId) ?? '', stage: wordOf(stage.stage) ?? '' })),
    ...(throttle && { throttle }),
    ...(most !== undefined && known && { quota: { limit: most, period: known } }),
  };
}
