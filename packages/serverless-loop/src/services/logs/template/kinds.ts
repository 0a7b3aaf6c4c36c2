import { formatArn } from '../../../aws/arn.ts';
import type { Identity, LeftOut } from '../../../template/kind-description.ts';
import { uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { METRIC_FILTER_TYPE } from '../metric-filters/metric-filter.ts';
import { SUBSCRIPTION_TYPE } from '../subscriptions/subscription-filter.ts';
import { readLogGroup } from './log-group.ts';
import { readMetricFilters } from './metric-filter.ts';
import { readSubscriptions } from './subscription-filter.ts';

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
    type: SUBSCRIPTION_TYPE,
    nameProperty: 'FilterName',
    longestName: 512,
    attributes: {},
    replacedBy: ['LogGroupName'],
    after: ['AWS::Kinesis::Stream', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup'],
    leftOut: ['EmitSystemFields', 'FieldSelectionCriteria'].map(ofManyAccounts),
    read: readSubscriptions,
  },
  {
    type: 'AWS::Logs::QueryDefinition',
    ref: uuid,
    attributes: { QueryDefinitionId: uuid },
    withoutEffect: 'saved queries are without effect here',
  },
  {
    type: METRIC_FILTER_TYPE,
    nameProperty: 'FilterName',
    longestName: 512,
    attributes: {},
    replacedBy: ['LogGroupName'],
    after: ['AWS::Logs::LogGroup'],
    leftOut: ['EmitSystemFieldDimensions', 'FieldSelectionCriteria'].map(ofManyAccounts),
    read: readMetricFilters,
  },
];

function ofManyAccounts(part: string): LeftOut {
  return [part, 'not emulated', 'log groups are of one account and Region here'];
}

function uuid(it: Identity): string {
  return uuidOf(it.name);
}
