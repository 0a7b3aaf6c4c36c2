import { textIn } from '../contract.ts';
import { arn, code, document, type TerraformResource, trustedBy, zip } from './resource.ts';

export const FUNCTIONS: readonly TerraformResource[] = [
  {
    kind: 'aws_iam_role, with aws_iam_role_policy and aws_iam_role_policy_attachment',
    async create(call) {
      const role = { RoleName: 'tf-role' };
      await call('iam', 'CreateRole', {
        ...{ ...role, AssumeRolePolicyDocument: trustedBy('lambda'), MaxSessionDuration: 3600, Path: '/' },
        Tags: [{ Key: 'team', Value: 'one' }],
      });
      await call('iam', 'PutRolePolicy', {
        ...{ ...role, PolicyName: 'own' },
        PolicyDocument: document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
      });
      const { Policy } = await call('iam', 'CreatePolicy', {
        PolicyName: 'tf-policy',
        PolicyDocument: document({ Effect: 'Allow', Action: 'logs:*', Resource: '*' }),
      });
      const PolicyArn = textIn(Policy, 'Arn');
      await call('iam', 'AttachRolePolicy', { ...role, PolicyArn });
      return { ...role, PolicyArn };
    },
    async read(call, { RoleName, PolicyArn }) {
      await call('iam', 'GetRole', { RoleName });
      await call('iam', 'ListRolePolicies', { RoleName });
      await call('iam', 'GetRolePolicy', { RoleName, PolicyName: 'own' });
      await call('iam', 'ListAttachedRolePolicies', { RoleName });
      const { Policy } = await call('iam', 'GetPolicy', { PolicyArn });
      await call('iam', 'GetPolicyVersion', { PolicyArn, VersionId: textIn(Policy, 'DefaultVersionId') });
    },
    async update(call, { RoleName, PolicyArn }) {
      await call('iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument: trustedBy('states') });
      await call('iam', 'UpdateRole', { RoleName, MaxSessionDuration: 7200 });
      await call('iam', 'ListPolicyVersions', { PolicyArn });
      await call('iam', 'CreatePolicyVersion', {
        ...{ PolicyArn, SetAsDefault: true },
        PolicyDocument: document({ Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
      });
      await call('iam', 'UntagRole', { RoleName, TagKeys: ['team'] });
      await call('iam', 'TagRole', { RoleName, Tags: [{ Key: 'team', Value: 'two' }] });
    },
    async remove(call, { RoleName, PolicyArn }) {
      await call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
      await call('iam', 'ListPolicyVersions', { PolicyArn });
      await call('iam', 'DeletePolicyVersion', { PolicyArn, VersionId: 'v1' });
      await call('iam', 'DeletePolicy', { PolicyArn });
      await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName: 'own' });
      await call('iam', 'ListInstanceProfilesForRole', { RoleName });
      await call('iam', 'DeleteRole', { RoleName });
    },
    gone: ({ RoleName }) => ['iam', 'GetRole', { RoleName }, 'NoSuchEntity'],
  },
  {
    kind: 'aws_lambda_function, with aws_lambda_permission and aws_lambda_alias',
    async create(call) {
      const FunctionName = 'tf-function';
      await call('lambda', 'CreateFunction', { ...code(FunctionName), Publish: true });
      await call('lambda', 'GetFunction', { FunctionName });
      await call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 2 });
      await call('lambda', 'AddPermission', {
        ...{ FunctionName, StatementId: 'one', Action: 'lambda:InvokeFunction' },
        ...{ Principal: 'events.amazonaws.com', SourceArn: arn('events', 'rule/x') },
      });
      await call('lambda', 'CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
      return { FunctionName };
    },
    async read(call, { FunctionName }) {
      await call('lambda', 'GetFunction', { FunctionName });
      await call('lambda', 'ListVersionsByFunction', { FunctionName, MaxItems: 10_000 });
      await call('lambda', 'GetFunctionCodeSigningConfig', { FunctionName });
      await call('lambda', 'GetPolicy', { FunctionName });
      await call('lambda', 'GetAlias', { FunctionName, Name: 'live' });
    },
    async update(call, { FunctionName }) {
      await call('lambda', 'UpdateFunctionConfiguration', {
        ...{ FunctionName, Timeout: 5, TracingConfig: { Mode: 'PassThrough' } },
        Environment: { Variables: { STAGE: 'dev' } },
      });
      await call('lambda', 'GetFunctionConfiguration', { FunctionName });
      await call('lambda', 'UpdateFunctionCode', { FunctionName, ZipFile: zip('two') });
      await call('lambda', 'DeleteFunctionConcurrency', { FunctionName });
      await call('lambda', 'PublishVersion', { FunctionName });
      await call('lambda', 'UpdateAlias', { FunctionName, Name: 'live', FunctionVersion: '2' });
      const Resource = arn('lambda', `function:${FunctionName}`);
      await call('lambda', 'UntagResource', { Resource, TagKeys: ['team'] });
      await call('lambda', 'TagResource', { Resource, Tags: { team: 'two' } });
      await call('lambda', 'ListTags', { Resource });
    },
    async remove(call, { FunctionName }) {
      await call('lambda', 'RemovePermission', { FunctionName, StatementId: 'one' });
      await call('lambda', 'DeleteAlias', { FunctionName, Name: 'live' });
      await call('lambda', 'DeleteFunction', { FunctionName });
    },
    gone: ({ FunctionName }) => ['lambda', 'GetFunction', { FunctionName }, 'ResourceNotFoundException'],
  },
];
