import { AwsError } from '../../../aws/errors.ts';
import type { ResourceState } from '../../../template/deployment.ts';

/** Types that make an identity, with the property that gives it a name of its own (guide, "Acknowledging IAM resources"). */
const IAM_TYPES = new Map([
  ['AWS::IAM::AccessKey', undefined],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Policy', undefined],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::RolePolicy', undefined],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::UserToGroupAddition', undefined],
]);

/** The capability that the caller must have given for what the resources make; none when there is nothing of the kind. */
export function iamCapabilityOf(resources: readonly ResourceState[]): string | undefined {
  const identities = resources.filter(({ type }) => IAM_TYPES.has(type));
  if (identities.length === 0) return undefined;
  const isNamed = identities.some(
    ({ type, properties }) => properties[IAM_TYPES.get(type) ?? ''] !== undefined,
  );
  return isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
}

/** Throws InsufficientCapabilitiesException unless the needed one was given; the one for named identities is for all. */
export function requireCapability(needed: string | undefined, given: readonly string[]): void {
  if (needed === undefined || given.includes(needed)) return;
  if (needed === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}
