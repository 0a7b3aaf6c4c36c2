import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListInstanceProfilesForRoleCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  TagRoleCommand,
  UntagPolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, runLoop } from '../../loop-in-process.ts';

let running: LoopUnderTest & { stop(): Promise<void> };
let iam: IAMClient;

beforeAll(async () => {
  running = await runLoop('', { isEmpty: true });
  iam = new IAMClient(clientOptions(running.loop));
});
afterAll(() => running.stop());

const ACCOUNT = 'arn:aws:iam::000000000000';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const allowing = (Action: string, Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } });

async function newRole(RoleName: string) {
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
  return RoleName;
}

/** Tells whether a session of the role may list queues. */
async function mayList(RoleName: string): Promise<boolean> {
  const options = clientOptions(running.loop);
  const RoleArn = `${ACCOUNT}:role/${RoleName}`;
  const { Credentials } = await new STSClient(options).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'asking' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  return new SQSClient({ ...options, credentials }).send(new ListQueuesCommand({})).then(
    () => true,
    () => false,
  );
}

test('a role is made, read, changed and taken away', async () => {
  // IAM API reference, "CreateRole", "UpdateRole", "TagRole".
  const RoleName = 'changing';
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: '/service/',
      AssumeRolePolicyDocument: TRUST,
      Description: 'first',
      MaxSessionDuration: 7200,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
      Tags: [{ Key: 'team', Value: 'one' }],
    }),
  );
  expect(Role).toMatchObject({ RoleName, Arn: `${ACCOUNT}:role/service/${RoleName}`, Path: '/service/' });
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST);
  await iam.send(new UpdateRoleCommand({ RoleName, Description: 'second', MaxSessionDuration: 3600 }));
  await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'stage', Value: 'dev' }] }));
  await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['team'] }));
  const read = await iam.send(new GetRoleCommand({ RoleName }));
  expect(read.Role).toMatchObject({
    Description: 'second',
    MaxSessionDuration: 3600,
    PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    Tags: [{ Key: 'stage', Value: 'dev' }],
  });
  expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([
    { Key: 'stage', Value: 'dev' },
  ]);
  await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
  await iam.send(
    new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: `${ACCOUNT}:policy/boundary` }),
  );
  const described = await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: 'third' }));
  expect(described.Role).toMatchObject({
    Description: 'third',
    PermissionsBoundary: { PermissionsBoundaryArn: `${ACCOUNT}:policy/boundary` },
  });
  const { Roles = [] } = await iam.send(new ListRolesCommand({ PathPrefix: '/service/' }));
  expect(Roles.map((each) => each.RoleName)).toEqual([RoleName]);
  // Terraform asks before it deletes a role.
  expect((await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }))).InstanceProfiles).toEqual([]);
  await iam.send(new DeleteRoleCommand({ RoleName }));
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `The role with name ${RoleName} cannot be found.`,
  });
});

test('a role may do what its own policies say, as soon as they say it', async () => {
  const RoleName = await newRole('listing');
  expect(await mayList(RoleName)).toBe(false);
  const PolicyDocument = allowing('sqs:ListQueues');
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'lists', PolicyDocument }));
  expect(await mayList(RoleName)).toBe(true);
  const read = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'lists' }));
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(PolicyDocument);
  // In place of the one by that name.
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'lists', PolicyDocument: allowing('sqs:SendMessage') }),
  );
  expect(await mayList(RoleName)).toBe(false);
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['lists']);
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'lists' }));
  await expect(
    iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'lists' })),
  ).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

test('two policies that say the same are taken away one at a time', async () => {
  const RoleName = await newRole('twice');
  const PolicyDocument = allowing('sqs:ListQueues');
  for (const PolicyName of ['one', 'other'])
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'one' }));
  expect(await mayList(RoleName)).toBe(true);
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'other' }));
  expect(await mayList(RoleName)).toBe(false);
});

test('a managed policy counts for the roles that have it, by its default version', async () => {
  // IAM guide, "Versioning IAM policies".
  const RoleName = await newRole('managed');
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'lists-queues',
      PolicyDocument: allowing('sqs:ListQueues'),
      Description: 'Lists queues',
      Tags: [{ Key: 'team', Value: 'one' }],
    }),
  );
  const PolicyArn = Policy?.Arn ?? '';
  expect(Policy).toMatchObject({
    Arn: `${ACCOUNT}:policy/lists-queues`,
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
  });
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  expect(await mayList(RoleName)).toBe(true);
  await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn,
      PolicyDocument: allowing('sqs:SendMessage'),
      SetAsDefault: true,
    }),
  );
  expect(await mayList(RoleName)).toBe(false);
  await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  expect(await mayList(RoleName)).toBe(true);
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  expect(Versions.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
    ['v2', false],
    ['v1', true],
  ]);
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(allowing('sqs:ListQueues'));
  expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
    AttachmentCount: 1,
    Description: 'Lists queues',
    Tags: [{ Key: 'team', Value: 'one' }],
  });
  const { PolicyRoles } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(PolicyRoles).toMatchObject([{ RoleName }]);
  const listed = await iam.send(new ListPoliciesCommand({ Scope: 'Local', OnlyAttached: true }));
  expect(listed.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['lists-queues']);

  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete a policy attached to entities.',
  });
  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must detach all policies first.',
  });
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  expect(await mayList(RoleName)).toBe(false);
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await expect(
    iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' })),
  ).rejects.toMatchObject({ message: 'Cannot delete the default version of a policy.' });
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'stage', Value: 'dev' }] }));
  await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['team'] }));
  expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([
    { Key: 'stage', Value: 'dev' },
  ]);
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
  await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `Policy ${PolicyArn} was not found.`,
  });
});

test('a managed policy of AWS counts, as far as it is known here', async () => {
  const RoleName = await newRole('of-aws');
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  expect(await mayList(RoleName)).toBe(true);
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(AttachedPolicies).toEqual([{ PolicyArn, PolicyName: 'AmazonSQSReadOnlyAccess' }]);
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain('sqs:ListQueues');
});

test('a role is taken on by those whom its trust policy names', async () => {
  const RoleName = await newRole('trusting');
  const trust = TRUST.replace('lambda.amazonaws.com', 'scheduler.amazonaws.com');
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
});

test('what IAM refuses is refused by its code and in its words', async () => {
  const RoleName = await newRole('refused');
  // LocalStack's record, tests/aws/services/iam/test_iam.snapshot.json; moto's tests, tests/test_iam/test_iam_policies.py.
  const refusals: [call: () => Promise<unknown>, name: string, message: string][] = [
    [
      () => iam.send(new CreateRoleCommand({ RoleName: 'Refused', AssumeRolePolicyDocument: TRUST })),
      'EntityAlreadyExistsException',
      'Role with name Refused already exists.',
    ],
    [
      () => iam.send(new CreateRoleCommand({ RoleName: 'malformed', AssumeRolePolicyDocument: '{' })),
      'MalformedPolicyDocumentException',
      'This policy contains invalid Json',
    ],
    [
      () =>
        iam.send(
          new CreateRoleCommand({
            RoleName: 'malformed',
            AssumeRolePolicyDocument: allowing('sts:AssumeRole'),
          }),
        ),
      'MalformedPolicyDocumentException',
      'Has prohibited field Resource',
    ],
    [
      () =>
        iam.send(
          new PutRolePolicyCommand({ RoleName, PolicyName: 'bad', PolicyDocument: allowing('invalid') }),
        ),
      'MalformedPolicyDocumentException',
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      () =>
        iam.send(
          new PutRolePolicyCommand({
            RoleName,
            PolicyName: 'bad',
            PolicyDocument: allowing('s3:List', 'adf'),
          }),
        ),
      'MalformedPolicyDocumentException',
      'Resource adf must be in ARN format or "*".',
    ],
    [
      () => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'a-name-that-is-no-arn' })),
      'ValidationError',
      'Invalid ARN:  Could not be parsed!',
    ],
    [
      () => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: `${ACCOUNT}:policy/none` })),
      'NoSuchEntityException',
      `Policy ${ACCOUNT}:policy/none does not exist or is not attachable.`,
    ],
    [
      () => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: `${ACCOUNT}:policy/none` })),
      'NoSuchEntityException',
      `Policy ${ACCOUNT}:policy/none was not found.`,
    ],
    [
      () => iam.send(new UpdateRoleCommand({ RoleName: 'nobody' })),
      'NoSuchEntityException',
      'The role with name nobody cannot be found.',
    ],
  ];
  for (const [refused, name, message] of refusals)
    await expect(refused()).rejects.toMatchObject({ name, message });
});
