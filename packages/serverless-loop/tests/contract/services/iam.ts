import { type ServiceContract, textIn } from '../contract.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
});
const PolicyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
});

export const IAM_CONTRACT: ServiceContract = {
  title: 'IAM',
  service: 'iam',
  async good(go) {
    const role = { RoleName: 'contract' };
    await go('CreateRole', { ...role, AssumeRolePolicyDocument: TRUST });
    await go('CreateRole', { RoleName: 'contract-other', AssumeRolePolicyDocument: TRUST });
    await go('GetRole', role);
    await go('ListRoles');
    await go('UpdateRole', { ...role, MaxSessionDuration: 3600 });
    await go('UpdateRoleDescription', { ...role, Description: 'two' });
    await go('UpdateAssumeRolePolicy', { ...role, PolicyDocument: TRUST });
    const Tags = ['a', 'b'].map((Key) => ({ Key, Value: 'x' }));
    await go('TagRole', { ...role, Tags });
    await go('ListRoleTags', role);
    await go('UntagRole', { ...role, TagKeys: ['a'] });
    for (const PolicyName of ['one', 'two'])
      await go('PutRolePolicy', { ...role, PolicyName, PolicyDocument });
    await go('GetRolePolicy', { ...role, PolicyName: 'one' });
    await go('ListRolePolicies', role);
    await go('DeleteRolePolicy', { ...role, PolicyName: 'one' });

    const created = await go('CreatePolicy', { PolicyName: 'contract', PolicyDocument });
    const policy = { PolicyArn: textIn(created, 'Policy', 'Arn') };
    const other = await go('CreatePolicy', { PolicyName: 'contract-other', PolicyDocument });
    await go('GetPolicy', policy);
    await go('ListPolicies', { Scope: 'Local' });
    await go('CreatePolicyVersion', { ...policy, PolicyDocument });
    await go('ListPolicyVersions', policy);
    await go('GetPolicyVersion', { ...policy, VersionId: 'v2' });
    await go('SetDefaultPolicyVersion', { ...policy, VersionId: 'v2' });
    await go('DeletePolicyVersion', { ...policy, VersionId: 'v1' });
    await go('TagPolicy', { ...policy, Tags });
    await go('ListPolicyTags', policy);
    await go('UntagPolicy', { ...policy, TagKeys: ['a'] });
    await go('AttachRolePolicy', { ...role, ...policy });
    await go('AttachRolePolicy', { ...role, PolicyArn: textIn(other, 'Policy', 'Arn') });
    await go('AttachRolePolicy', { RoleName: 'contract-other', ...policy });
    await go('ListAttachedRolePolicies', role);
    await go('ListEntitiesForPolicy', policy);
    await go('PutRolePermissionsBoundary', { ...role, PermissionsBoundary: policy.PolicyArn });
    await go('DeleteRolePermissionsBoundary', role);
    await go('ListInstanceProfilesForRole', role);
    for (const RoleName of ['contract', 'contract-other'])
      await go('DetachRolePolicy', { RoleName, ...policy });
    await go('DeletePolicy', policy);
    await go('DeleteRole', { RoleName: 'contract-other' });
  },
  nowhere: { RoleName: 'nowhere', PolicyArn: 'arn:aws:iam::000000000000:policy/nowhere' },
  missing: 'NoSuchEntity',
  refused: [
    ['CreateRole', { RoleName: 'x', AssumeRolePolicyDocument: '{' }, 'MalformedPolicyDocument'],
    ['CreatePolicy', { PolicyName: 'x', PolicyDocument: '{' }, 'MalformedPolicyDocument'],
    ['ListRoles', { MaxItems: 0 }, 'ValidationError'],
    ['ListPolicies', { MaxItems: 0 }, 'ValidationError'],
  ],
};
