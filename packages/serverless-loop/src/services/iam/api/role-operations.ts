import { list, required, structure, text, type Written } from '../../../aws/members.ts';
import { renderPolicyDocument } from '../../../aws/policy-document.ts';
import { roleIdOf } from '../../../aws/role-id.ts';
import type { RoleModel } from '../../../template/model.ts';
import { alreadyExists, deleteConflict, noSuchEntity } from '../iam-errors.ts';
import { checkedPolicy } from '../policy-check.ts';
import type { KnownRole } from '../roles.ts';
import { changeRole, declarationOf, operation, ownRole, page, roleOf } from './context.ts';
import {
  ARN,
  DESCRIPTION,
  DOCUMENT,
  LISTED,
  OF_ROLE,
  PAGED,
  ROLE,
  ROLE_PATH,
  SESSION_SECONDS,
  TAGS,
} from './shapes.ts';
import { tagListOf, tagsOf } from './tags.ts';

/** Roles: of the stacks, and those that calls make. */
export const ROLE_OPERATIONS = {
  CreateRole: operation({
    input: {
      Path: ROLE_PATH,
      ...OF_ROLE,
      AssumeRolePolicyDocument: required(DOCUMENT),
      Description: DESCRIPTION,
      MaxSessionDuration: SESSION_SECONDS,
      PermissionsBoundary: ARN,
      Tags: TAGS,
    },
    output: { Role: ROLE },
    needs: ({ RoleName = '*', Path = '/' }, { place }) => [
      `arn:${place.partition}:iam::${place.accountId}:role${Path}${RoleName}`,
    ],
    handle(input, context) {
      const { RoleName: name, Path: path = '/', AssumeRolePolicyDocument: trustText } = input;
      const { Description: description, MaxSessionDuration: maximumSessionSeconds } = input;
      const { partition, accountId } = context.place;
      const trust = checkedPolicy(trustText, 'trust');
      // Names are told apart without regard to case (IAM API reference, "CreateRole").
      const isNamedSo = ({ role }: KnownRole) =>
        role.declared !== undefined && role.name.toLowerCase() === name.toLowerCase();
      if (context.roles.list().some(isNamedSo)) throw alreadyExists(`Role with name ${name} already exists.`);
      context.roles.put({
        name,
        arn: `arn:${partition}:iam::${accountId}:role${path}${name}`,
        statements: [],
        declared: {
          path,
          ...(description !== undefined && { description }),
          ...(maximumSessionSeconds !== undefined && { maximumSessionSeconds }),
          trust,
          trustText,
          inline: [],
          managed: [],
          tags: tagsOf(input.Tags),
          ...(input.PermissionsBoundary !== undefined && { boundaryArn: input.PermissionsBoundary }),
        },
      });
      return { Role: describe(roleOf(name, context)) };
    },
  }),

  GetRole: operation({
    input: OF_ROLE,
    output: { Role: ROLE },
    needs: ownRole,
    handle: ({ RoleName }, context) => ({
      Role: { ...describe(roleOf(RoleName, context)), RoleLastUsed: {} },
    }),
  }),

  ListRoles: operation({
    input: { ...LISTED, PathPrefix: text({ min: 1, max: 512, pattern: '\\u002F[\\u0021-\\u007F]*' }) },
    output: { Roles: list(ROLE), ...PAGED },
    needs: () => ['*'],
    handle(input, { roles }) {
      const { PathPrefix: prefix = '/' } = input;
      const all = roles.list().filter(({ role }) => declarationOf(role).path.startsWith(prefix));
      const { items, ...more } = page(all, input, `roles ${prefix}`);
      // Tags and boundaries are left to GetRole (IAM API reference, "ListRoles").
      return {
        Roles: items.map((known) => ({
          ...describe(known),
          Tags: undefined,
          PermissionsBoundary: undefined,
        })),
        ...more,
      };
    },
  }),

  UpdateRole: operation({
    input: { ...OF_ROLE, Description: DESCRIPTION, MaxSessionDuration: SESSION_SECONDS },
    output: {},
    needs: ownRole,
    handle(input, context) {
      const { Description: description, MaxSessionDuration: maximumSessionSeconds } = input;
      changeRole(
        roleOf(input.RoleName, context).role,
        {
          ...(description !== undefined && { description }),
          ...(maximumSessionSeconds !== undefined && { maximumSessionSeconds }),
        },
        context,
      );
      return {};
    },
  }),

  UpdateRoleDescription: operation({
    input: { ...OF_ROLE, Description: required(DESCRIPTION) },
    output: { Role: ROLE },
    needs: ownRole,
    handle({ RoleName, Description: description }, context) {
      changeRole(roleOf(RoleName, context).role, { description }, context);
      return { Role: describe(roleOf(RoleName, context)) };
    },
  }),

  UpdateAssumeRolePolicy: operation({
    input: { ...OF_ROLE, PolicyDocument: required(DOCUMENT) },
    needs: ownRole,
    handle({ RoleName, PolicyDocument: trustText }, context) {
      const { role } = roleOf(RoleName, context);
      changeRole(role, { trust: checkedPolicy(trustText, 'trust'), trustText }, context);
      return {};
    },
  }),

  DeleteRole: operation({
    input: OF_ROLE,
    needs: ownRole,
    handle({ RoleName }, context) {
      const { role } = roleOf(RoleName, context);
      const { inline, managed } = declarationOf(role);
      if (managed.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
      if (inline.length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
      context.roles.remove(role);
      return {};
    },
  }),

  PutRolePermissionsBoundary: operation({
    input: { ...OF_ROLE, PermissionsBoundary: required(ARN) },
    needs: ownRole,
    handle({ RoleName, PermissionsBoundary: boundaryArn }, context) {
      changeRole(roleOf(RoleName, context).role, { boundaryArn }, context);
      return {};
    },
  }),

  DeleteRolePermissionsBoundary: operation({
    input: OF_ROLE,
    needs: ownRole,
    handle({ RoleName }, context) {
      const { role } = roleOf(RoleName, context);
      const { boundaryArn, ...declared } = declarationOf(role);
      if (boundaryArn === undefined)
        throw noSuchEntity(`The role with name ${RoleName} has no permissions boundary.`);
      context.roles.put({ ...role, declared });
      return {};
    },
  }),

  /** There are no instances here that could take it on. */
  ListInstanceProfilesForRole: operation({
    input: { ...OF_ROLE, ...LISTED },
    output: { InstanceProfiles: list(structure({ InstanceProfileName: text() })), ...PAGED },
    needs: ownRole,
    handle(input, context) {
      roleOf(input.RoleName, context);
      return { InstanceProfiles: [], IsTruncated: false };
    },
  }),
};

function describe({ role, createdAt }: KnownRole): Written<(typeof ROLE)['members']> {
  const declared = declarationOf(role);
  const tags = tagListOf(declared.tags);
  return {
    Path: declared.path,
    RoleName: role.name,
    RoleId: roleIdOf(role.name),
    Arn: role.arn,
    CreateDate: createdAt,
    AssumeRolePolicyDocument: encoded(declared.trustText, declared.trust),
    Description: declared.description,
    MaxSessionDuration: declared.maximumSessionSeconds ?? 3600,
    ...(declared.boundaryArn !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: declared.boundaryArn,
      },
    }),
    ...(tags.length > 0 && { Tags: tags }),
  };
}

/** Documents come percent-encoded (IAM API reference, "GetRolePolicy"). */
export function encoded(text: string | undefined, statements: RoleModel['statements']): string {
  return encodeURIComponent(text ?? renderPolicyDocument(statements));
}
