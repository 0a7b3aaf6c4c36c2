import { formatArn } from '../../../aws/arn.ts';
import { roleIdOf } from '../../../aws/role-id.ts';
import type { Identity } from '../../../template/kind-description.ts';
import { uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readRoles } from './roles.ts';

/** Policies are read with the roles that they are of. */
export const IAM_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::IAM::Role',
    nameProperty: 'RoleName',
    longestName: 64,
    makesIdentity: true,
    attributes: {
      Arn: (it) => iamArn(it, `role${it.text('Path') ?? '/'}${it.name}`),
      RoleId: (it) => roleIdOf(it.name),
    },
    replacedBy: ['Path'],
    leftOut: [
      [
        'PermissionsBoundary',
        'not emulated',
        'boundaries are not checked here: calls beyond it are let through',
      ],
    ],
    read: ({ world, models }) => models.roles.push(...readRoles(world)),
  },
  // The name of a policy in its roles is another one.
  { type: 'AWS::IAM::Policy', makesIdentity: true, attributes: { Id: (it) => it.name } },
  {
    type: 'AWS::IAM::RolePolicy',
    makesIdentity: true,
    ref: (it) => `${it.text('PolicyName')}|${it.text('RoleName')}`,
    attributes: {},
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    makesIdentity: true,
    nameProperty: 'ManagedPolicyName',
    longestName: 128,
    ref: policyArn,
    attributes: {
      PolicyArn: policyArn,
      PolicyId: (it) => roleIdOf(it.name).replace(/^AROA/, 'ANPA'),
      DefaultVersionId: () => 'v1',
      IsAttachable: () => 'true',
      PermissionsBoundaryUsageCount: () => '0',
    },
    replacedBy: ['Description', 'Path'],
  },
  // Identities that no function takes on: the loop makes none of them.
  {
    type: 'AWS::IAM::AccessKey',
    makesIdentity: true,
    ref: (it) => roleIdOf(it.name).replace(/^AROA/, 'AKIA'),
    attributes: { SecretAccessKey: (it) => uuidOf(it.name) },
  },
  named('AWS::IAM::Group', 'GroupName', 128, 'group'),
  named('AWS::IAM::InstanceProfile', 'InstanceProfileName', 128, 'instance-profile'),
  named('AWS::IAM::User', 'UserName', 64, 'user'),
  { type: 'AWS::IAM::UserToGroupAddition', makesIdentity: true, attributes: {} },
];

/** An identity that is known by its name and its ARN (template reference, "Return values" of each type). */
function named(type: string, nameProperty: string, longestName: number, inArn: string): ResourceKind {
  return {
    type,
    nameProperty,
    longestName,
    makesIdentity: true,
    attributes: { Arn: (it) => iamArn(it, `${inArn}${it.text('Path') ?? '/'}${it.name}`) },
  };
}

function policyArn(it: Identity): string {
  return iamArn(it, `policy${it.text('Path') ?? '/'}${it.name}`);
}

/** IAM is global: its ARNs have no Region. */
function iamArn(it: Identity, resource: string): string {
  return formatArn({ ...it.place, region: '' }, 'iam', resource);
}
