import { required } from '../../../aws/members.ts';
import { noSuchEntity } from '../iam-errors.ts';
import type { OwnPolicy, PolicyVersion } from '../own-policies.ts';
import { checkedPolicy } from '../policy-check.ts';
import { changeRole, type IamContext, rolesWith, statementsOf } from './context.ts';
import { refuseNoArn } from './policy-view.ts';
import { ARN } from './shapes.ts';

export const OF_POLICY = { PolicyArn: required(ARN) } as const;

export function onPolicy({ PolicyArn = '*' }: { PolicyArn?: string }): string[] {
  return [PolicyArn];
}

export function noPolicy(arn: string) {
  return noSuchEntity(`Policy ${arn} was not found.`);
}

export function noVersion(arn: string, version: string) {
  return noSuchEntity(`Policy ${arn} version ${version} does not exist or is not attachable.`);
}

export function ownPolicy(arn: string, { policies }: IamContext): OwnPolicy {
  refuseNoArn(arn);
  const policy = policies.find(arn);
  if (!policy) throw noPolicy(arn);
  return policy;
}

/** Roles that have it may at once do what its default version says. */
export function putPolicy(policy: OwnPolicy, context: IamContext): void {
  const before = statementsOf(context);
  const statementsBefore = context.policies.find(policy.arn) ? before(policy.arn) : [];
  context.policies.put({ ...policy, changedAt: context.now() });
  for (const role of rolesWith(policy.arn, context))
    changeRole(role, {}, context, (arn) => (arn === policy.arn ? statementsBefore : before(arn)));
}

export function newVersion(id: string, text: string, createdAt: number): PolicyVersion {
  return { id, text, statements: checkedPolicy(text, 'identity'), createdAt };
}

export function versionOf(policy: OwnPolicy, id: string): PolicyVersion {
  const version = policy.versions.find((own) => own.id === id);
  if (!version) throw noVersion(policy.arn, id);
  return version;
}
