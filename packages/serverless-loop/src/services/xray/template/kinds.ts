import { formatArn } from '../../../aws/arn.ts';
import type { Identity } from '../../../template/kind-description.ts';
import { shortIdOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';

export const XRAY_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::XRay::Group',
    nameProperty: 'GroupName',
    ref: groupArn,
    attributes: { GroupARN: groupArn },
    withoutEffect: 'groups are without effect here',
  },
  {
    type: 'AWS::XRay::SamplingRule',
    nameProperty: 'RuleName',
    ref: ruleArn,
    attributes: { RuleARN: ruleArn },
    withoutEffect: 'every trace is kept here',
  },
];

function groupArn(it: Identity): string {
  return formatArn(it.place, 'xray', `group/${it.name}/${shortIdOf(it.name)}`);
}

function ruleArn(it: Identity): string {
  return formatArn(it.place, 'xray', `sampling-rule/${it.name}`);
}
