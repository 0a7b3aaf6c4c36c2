import type { JsonObject } from '../../../aws/json-object.ts';
import { boolean, document, map, text } from '../../../aws/members.ts';
import { mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, conflict, notFound } from './context.ts';
import { type Patch, patched } from './patch.ts';
import { methodsOf } from './rest-api.ts';
import { DEPLOYMENT, STAGE, STAGE_PATCHED, STAGE_SETTINGS } from './rest-members.ts';
import type { PartKind } from './rest-parts.ts';

const CANARY = { canarySettings: document() } as const;

/** A stage serves its API as it is, and has no deployment beside the one that is new: none would show what the other does. */
function refuseCanary(settings: unknown): void {
  if (settings !== undefined)
    throw badRequest(
      'Canary releases are not emulated: a stage of the loop serves every caller the same API.',
    );
}

export const DEPLOYED: PartKind = {
  name: 'Deployment',
  collection: 'deployments',
  label: 'deploymentId',
  key: 'id',
  making: {
    description: text(),
    stageName: text(),
    stageDescription: text(),
    cacheClusterEnabled: boolean(),
    cacheClusterSize: text(),
    variables: map(text()),
    tracingEnabled: boolean(),
    ...CANARY,
  },
  patched: { description: text() },
  answer: DEPLOYMENT,
  missing: () => 'Invalid Deployment identifier specified',
  settled({ stageName, stageDescription, description, id, ...ofStage }, api, { now }, before) {
    refuseCanary(ofStage.canarySettings);
    if (before) return { ...before, description };
    const methods = methodsOf(api);
    if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
    if (methods.some(({ methodIntegration }) => methodIntegration === undefined))
      throw badRequest('No integration defined for method');
    const name = wordOf(stageName);
    if (name !== undefined)
      api.stages.set(name, {
        ...newStage(now()),
        ...api.stages.get(name),
        ...ofStage,
        ...(stageDescription !== undefined && { description: stageDescription }),
        stageName: name,
        deploymentId: id,
        lastUpdatedDate: now(),
      });
    return { id, ...(description !== undefined && { description }), createdDate: now() };
  },
  refuseRemoval(id, api) {
    if ([...api.stages.values()].some(({ deploymentId }) => deploymentId === id))
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
  },
};

export const STAGED: PartKind = {
  name: 'Stage',
  collection: 'stages',
  label: 'stageName',
  key: 'stageName',
  making: { ...STAGE_SETTINGS, ...CANARY, stageName: text(), tags: map(text()) },
  needed: ['stageName', 'deploymentId'],
  patched: STAGE_PATCHED,
  answer: STAGE,
  listed: { member: 'item', hasPosition: false },
  missing: () => 'Invalid stage identifier specified',
  settled(part, api, { now }, before) {
    refuseCanary(part.canarySettings);
    const name = wordOf(part.stageName) ?? '';
    if (!/^[\w-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
    if (!before && api.stages.has(name)) throw conflict('Stage already exists');
    if (part.deploymentId !== before?.deploymentId && !api.deployments.has(wordOf(part.deploymentId) ?? ''))
      throw notFound('Deployment id does not exist');
    return { ...newStage(now()), ...part, lastUpdatedDate: now() };
  },
  patch: (part, patches) => patches.reduce(patchedStage, part),
};

function newStage(at: number): JsonObject {
  return {
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
    createdDate: at,
  };
}

/** The settings of a stage's methods, by the ends of their paths (API Gateway API reference, "UpdateStage"). */
const METHOD_SETTINGS: Readonly<Record<string, string>> = {
  'metrics/enabled': 'metricsEnabled',
  'logging/loglevel': 'loggingLevel',
  'logging/dataTrace': 'dataTraceEnabled',
  'throttling/burstLimit': 'throttlingBurstLimit',
  'throttling/rateLimit': 'throttlingRateLimit',
  'caching/enabled': 'cachingEnabled',
  'caching/ttlInSeconds': 'cacheTtlInSeconds',
  'caching/dataEncrypted': 'cacheDataEncrypted',
  'caching/requireAuthorizationForCacheControl': 'requireAuthorizationForCacheControl',
  'caching/unauthorizedCacheControlHeaderStrategy': 'unauthorizedCacheControlHeaderStrategy',
};

function patchedStage(stage: JsonObject, patch: Patch): JsonObject {
  const { op, path, value } = patch;
  if (path.startsWith('/canarySettings') && op !== 'remove') refuseCanary(value);
  const [, method = '', setting] =
    /^\/(.+?\/[^/]+)(?:\/((?:metrics|logging|throttling|caching)\/\w+))?$/.exec(path) ?? [];
  const name = METHOD_SETTINGS[setting ?? ''];
  if (Object.hasOwn(STAGE_PATCHED, path.split('/')[1] ?? '')) return patched(stage, STAGE_PATCHED, [patch]);
  const settings = mapOf(stage.methodSettings);
  const key = method.replaceAll('~1', '/').replace(/^\//, '');
  const { [key]: before, ...others } = settings;
  if (op === 'remove' && setting === undefined) return { ...stage, methodSettings: others };
  if (name === undefined) return patched(stage, STAGE_PATCHED, [patch]);
  const { [name]: _, ...left } = mapOf(before);
  const typed = /Limit$|Seconds$/.test(name)
    ? Number(value)
    : /^(true|false)$/.test(value)
      ? value === 'true'
      : value;
  const next = op === 'remove' ? left : { ...left, [name]: typed };
  return { ...stage, methodSettings: { ...others, [key]: next } };
}
