import type { ApiKeyModel, ApiModel, ApiStage } from '../../../aws/api-model.ts';
import { DAY_MS } from '../../../aws/time-units.ts';
import type { Clock } from '../../../clock.ts';
import { type ApiRequest, headerOf } from './api-request.ts';
import { Refusal } from './refusal.ts';
import type { Throttles } from './throttle.ts';

const PERIOD_MS = { DAY: DAY_MS, WEEK: 7 * DAY_MS, MONTH: 30 * DAY_MS };

/**
 * The key in `x-api-key`, or the one that an authorizer names where the API asks for that (`usageIdentifierKey`), which must open the stage, and within its plan's rate and quota. Throws a Refusal (API Gateway
 * guide, "Usage plans and API keys for REST APIs").
 */
export function keyOf(
  api: ApiModel,
  stage: ApiStage,
  request: ApiRequest,
  ofAuthorizer: string | undefined,
  throttles: Throttles,
  clock: Clock,
): ApiKeyModel {
  const value = api.apiKeySource === 'AUTHORIZER' ? ofAuthorizer : headerOf(request, 'x-api-key');
  const key = api.apiKeys.find(
    (each) =>
      each.value === value &&
      each.isEnabled &&
      each.stages.some(({ apiId, stage: name }) => apiId === api.name && name === stage.name),
  );
  if (!key) throw new Refusal('INVALID_API_KEY');
  if (!throttles.take(`key ${key.id}`, key.throttle)) throw new Refusal('THROTTLED');
  const { quota } = key;
  if (quota) {
    const periodMs = PERIOD_MS[quota.period];
    const period = Math.floor(clock.now() / periodMs);
    // A bucket that is filled once, with the quota of its period.
    if (!throttles.take(`quota ${key.id} ${period}`, { ratePerSecond: 0, burst: quota.limit }))
      throw new Refusal('QUOTA_EXCEEDED');
  }
  return key;
}
