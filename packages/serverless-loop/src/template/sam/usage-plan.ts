import type { Resource } from '../resource.ts';
import { ref } from '../yaml/call.ts';
import { entryOf, scalar, textOf } from '../yaml/node.ts';
import { tree } from '../yaml/tree.ts';
import { made } from './made.ts';

/** `Auth.UsagePlan`: a plan, a key and what joins them, of this API alone (`PER_API`) or of all (`SHARED`). */
export function usagePlan(resource: Resource, stageId: string): Resource[] {
  const { logicalId, line, properties } = resource;
  const plan = entryOf(properties.entries.get('Auth'), 'UsagePlan');
  const kind = textOf(entryOf(plan, 'CreateUsagePlan'));
  if (plan?.kind !== 'fields' || kind === undefined || kind === 'NONE') return [];
  const prefix = kind === 'SHARED' ? 'Serverless' : logicalId;
  const stage = textOf(properties.entries.get('StageName')) ?? '';
  const ids = { plan: `${prefix}UsagePlan`, key: `${prefix}ApiKey`, joint: `${prefix}UsagePlanKey` };
  return [
    made(
      resource,
      ids.plan,
      'AWS::ApiGateway::UsagePlan',
      {
        ApiStages: tree(line, [{ ApiId: ref(line, logicalId), Stage: stage }]),
        Description: plan.entries.get('Description'),
        Quota: plan.entries.get('Quota'),
        Throttle: plan.entries.get('Throttle'),
        UsagePlanName: plan.entries.get('UsagePlanName'),
      },
      { line, dependsOn: [{ logicalId: stageId, line }], alsoNamed: `${logicalId}.UsagePlan` },
    ),
    made(
      resource,
      ids.key,
      'AWS::ApiGateway::ApiKey',
      {
        Enabled: scalar(line, true),
        StageKeys: tree(line, [{ RestApiId: ref(line, logicalId), StageName: stage }]),
      },
      { line, dependsOn: [{ logicalId: ids.plan, line }], alsoNamed: `${logicalId}.ApiKey` },
    ),
    made(
      resource,
      ids.joint,
      'AWS::ApiGateway::UsagePlanKey',
      { KeyId: ref(line, ids.key), KeyType: scalar(line, 'API_KEY'), UsagePlanId: ref(line, ids.plan) },
      { line, alsoNamed: `${logicalId}.UsagePlanKey` },
    ),
  ];
}
