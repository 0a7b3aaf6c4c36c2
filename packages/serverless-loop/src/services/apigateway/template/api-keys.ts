import type { ApiKeyModel } from '../../../aws/api-model.ts';
import { uuidOf } from '../../../template/names.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { World } from '../../../template/world.ts';
import { throttleOf } from './route-settings.ts';

type Plan = Pick<ApiKeyModel, 'stages' | 'throttle' | 'quota'>;

const PLAN_PROPERTIES = ['ApiStages', 'Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName'];
const KEY_PROPERTIES = [
  'CustomerId',
  'Description',
  'Enabled',
  'GenerateDistinctId',
  'Name',
  'StageKeys',
  'Tags',
  'Value',
];

/** AWS::ApiGateway::UsagePlan, ApiKey and UsagePlanKey: which key opens which stages, and how often (API Gateway guide, "Usage plans and API keys"). */
export function attachApiKeys({ world, models }: Reading): void {
  const plans = new Map(
    world
      .ofType('AWS::ApiGateway::UsagePlan')
      .map((resource) => [world.scope.physicalId(resource), readPlan(resource, world)]),
  );
  const keys = new Map(
    world
      .ofType('AWS::ApiGateway::ApiKey')
      .map((resource) => [world.scope.physicalId(resource), readKey(resource, world)]),
  );
  for (const resource of world.ofType('AWS::ApiGateway::UsagePlanKey')) {
    const properties = world.read(resource, ['KeyId', 'KeyType', 'UsagePlanId']);
    const plan = plans.get(properties.requiredText('UsagePlanId'));
    const key = keys.get(properties.requiredText('KeyId'));
    world.reports.emulated(resource);
    if (!plan || !key) continue;
    for (const api of models.apis)
      if (plan.stages.some(({ apiId }) => apiId === api.name)) api.apiKeys.push({ ...key, ...plan });
  }
}

function readPlan(resource: Resource, world: World): Plan {
  const properties = world.read(resource, PLAN_PROPERTIES);
  world.reports.emulated(resource);
  const throttle = throttleOf(properties.section('Throttle'), { rate: 'RateLimit', burst: 'BurstLimit' });
  const quota = properties.section('Quota');
  const limit = quota?.integer('Limit', 0, Number.MAX_SAFE_INTEGER);
  const period = quota?.oneOf('Period', ['DAY', 'WEEK', 'MONTH']);
  return {
    stages: properties
      .sections('ApiStages')
      .map((stage) => ({ apiId: stage.requiredText('ApiId'), stage: stage.requiredText('Stage') })),
    ...(throttle && { throttle }),
    ...(limit !== undefined && period && { quota: { limit, period } }),
  };
}

/** AWS draws a value; here it follows from the id, so that a person finds it again. */
function readKey(resource: Resource, world: World): Omit<ApiKeyModel, 'stages'> {
  const properties = world.read(resource, KEY_PROPERTIES);
  world.reports.emulated(resource);
  const id = world.scope.physicalId(resource);
  const drawn = `${uuidOf(id)}${uuidOf(`${id}/value`)}`.replaceAll('-', '').slice(0, 40);
  return {
    id,
    value: properties.text('Value') ?? drawn,
    isEnabled: properties.boolean('Enabled') ?? false,
  };
}
