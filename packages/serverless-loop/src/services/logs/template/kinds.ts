import { formatArn } from '../../../aws/arn.ts';
import type { Identity, LeftOut } from '../../../template/kind-description.ts';
import { uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readLogGroup } from './log-group.ts';

const NOT_EMULATED = ['DataProtectionPolicy', 'FieldIndexPolicies', 'ResourcePolicyDocument'];

export const LOGS_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::Logs::LogGroup',
    nameProperty: 'LogGroupName',
    attributes: { Arn: (it) => formatArn(it.place, 'logs', `log-group:${it.name}:*`) },
    replacedBy: [],
    receivesAs: 'logGroup',
    leftOut: NOT_EMULATED.map(
      (part): LeftOut => [part, 'not emulated', `a log group's ${part} is not emulated`],
    ),
    read: ({ world, models }) => models.logGroups.push(...world.each('AWS::Logs::LogGroup', readLogGroup)),
  },
  {
    type: 'AWS::Logs::QueryDefinition',
    ref: uuid,
    attributes: { QueryDefinitionId: uuid },
    withoutEffect: 'saved queries are without effect here',
  },
  {
    type: 'AWS::Logs::MetricFilter',
    nameProperty: 'FilterName',
    attributes: {},
    withoutEffect: 'metrics are not taken from logs here',
  },
];

function uuid(it: Identity): string {
  return uuidOf(it.name);
}
