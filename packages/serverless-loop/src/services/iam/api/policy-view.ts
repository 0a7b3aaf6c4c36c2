import { parseArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { Written } from '../../../aws/members.ts';
import { roleIdOf } from '../../../aws/role-id.ts';
import { noSuchEntity } from '../iam-errors.ts';
import type { OwnPolicy } from '../own-policies.ts';
import { type IamContext, rolesWith } from './context.ts';
import type { POLICY } from './shapes.ts';
import { tagListOf } from './tags.ts';

export function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

export function pathInArn(arn: string): string {
  const [, path = '/'] = /:policy(\/(?:.*\/)?)[^/]+$/.exec(arn) ?? [];
  return path;
}

/** In the words of LocalStack's record, tests/aws/services/iam/test_iam.snapshot.json, test_role_attach_policy. */
export function noSuchPolicy(arn: string): AwsError {
  return noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
}

/** The same record. */
export function refuseNoArn(text: string): void {
  if (!parseArn(text)) throw new AwsError('ValidationError', 'Invalid ARN:  Could not be parsed!');
}

export function describePolicy(policy: OwnPolicy, context: IamContext): Written<(typeof POLICY)['members']> {
  const tags = tagListOf(policy.tags);
  return {
    ...namedPolicy(policy.arn),
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: rolesWith(policy.arn, context).length,
    Description: policy.description,
    CreateDate: policy.createdAt,
    UpdateDate: policy.changedAt,
    ...(tags.length > 0 && { Tags: tags }),
  };
}

/** One of AWS's own. */
export function describeManaged(arn: string, context: IamContext): Written<(typeof POLICY)['members']> {
  return { ...namedPolicy(arn), DefaultVersionId: 'v1', AttachmentCount: rolesWith(arn, context).length };
}

function namedPolicy(arn: string) {
  const PolicyName = nameInArn(arn);
  return {
    PolicyName,
    PolicyId: roleIdOf(PolicyName).replace(/^AROA/, 'ANPA'),
    Arn: arn,
    Path: pathInArn(arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
  };
}
