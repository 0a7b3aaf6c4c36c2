import type { Place } from '../../aws/arn.ts';
import { boolean, integer, list, oneOf, required, structure, text, timestamp } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { renderPolicyDocument } from '../../aws/policy-document.ts';
import { roleIdOf } from '../../aws/role-id.ts';
import { operationsOf, type ServiceDescription } from '../../aws/service.ts';
import type { RoleModel } from '../../template/model.ts';
import { IAM_DIALECT, invalidMarker, noSuchEntity, noSuchRole } from './iam-errors.ts';
import { managedPolicyArn } from './managed-policy-arn.ts';
import type { KnownRole } from './roles.ts';

/** IAM's operations work on these. */
export interface IamContext {
  place: Place;
  roles: { find(name: string): KnownRole | undefined; list(): KnownRole[] };
  /** Names of those of AWS's managed policies whose meaning is known here. */
  managedPolicyNames: string[];
}

/** Items of a page when a call doesn't say how many (IAM API reference, "ListRoles", MaxItems). */
const PAGE_SIZE = 100;

const operation = operationsOf<IamContext>();

const NAME = '[\\w+=,.@-]+';
const OF_ROLE = { RoleName: required(text({ min: 1, max: 64, pattern: NAME })) } as const;
const LISTED = {
  Marker: text({ min: 1, max: 320, pattern: '[\\u0020-\\u00FF]+' }),
  MaxItems: integer({ min: 1, max: 1_000 }),
} as const;
const POLICY_PATH = text({ min: 1, max: 512, pattern: '((/[A-Za-z0-9\\.,\\+@=_-]+)*)/' });
const PAGED = { IsTruncated: boolean(), Marker: text() } as const;
const ROLE = structure({
  Path: text(),
  RoleName: text(),
  RoleId: text(),
  Arn: text(),
  CreateDate: timestamp(),
  AssumeRolePolicyDocument: text(),
  Description: text(),
  MaxSessionDuration: integer(),
});

/** IAM's API, for reading: the roles of the stacks, and what is attached to them. */
export const IAM: ServiceDescription<IamContext> = {
  title: 'IAM',
  signingName: 'iam',
  dialect: IAM_DIALECT,
  query: { version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  operations: {
    GetRole: operation({
      input: OF_ROLE,
      output: { Role: ROLE },
      needs: ownArn,
      handle: ({ RoleName }, context) => ({ Role: describe(roleOf(RoleName, context)) }),
    }),
    ListRoles: operation({
      input: { ...LISTED, PathPrefix: text({ min: 1, max: 512, pattern: '\\u002F[\\u0021-\\u007F]*' }) },
      output: { Roles: list(ROLE), ...PAGED },
      needs: () => ['*'],
      handle(input, { roles }) {
        const { PathPrefix: prefix = '/' } = input;
        const all = roles.list().map(describe);
        const wanted = all.filter(({ Path }) => Path.startsWith(prefix));
        const { items, ...more } = page(wanted, input, `roles ${prefix}`);
        return { Roles: items, ...more };
      },
    }),
    ListRolePolicies: operation({
      input: { ...OF_ROLE, ...LISTED },
      output: { PolicyNames: list(text()), ...PAGED },
      needs: ownArn,
      handle(input, context) {
        const { role } = roleOf(input.RoleName, context);
        const { items, ...more } = page(inlineOf(role), input, `policies of ${role.name}`);
        return { PolicyNames: items.map(({ name }) => name), ...more };
      },
    }),
    GetRolePolicy: operation({
      input: { ...OF_ROLE, PolicyName: required(text({ min: 1, max: 128, pattern: NAME })) },
      output: { RoleName: text(), PolicyName: text(), PolicyDocument: text() },
      needs: ownArn,
      handle({ RoleName, PolicyName }, context) {
        const { role } = roleOf(RoleName, context);
        const policy = inlineOf(role).find(({ name }) => name === PolicyName);
        if (!policy) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
        return { RoleName: role.name, PolicyName, PolicyDocument: encoded(policy.statements) };
      },
    }),
    ListAttachedRolePolicies: operation({
      input: { ...OF_ROLE, ...LISTED, PathPrefix: POLICY_PATH },
      output: { AttachedPolicies: list(structure({ PolicyName: text(), PolicyArn: text() })), ...PAGED },
      needs: ownArn,
      handle(input, context) {
        const { role } = roleOf(input.RoleName, context);
        const arns = (role.declared?.managed ?? []).map((one) =>
          managedPolicyArn(one, context.place.partition),
        );
        const { PathPrefix: prefix = '/' } = input;
        const wanted = arns.map(describePolicy).filter(({ Path }) => Path.startsWith(prefix));
        const { items, ...more } = page(wanted, input, `policies ${prefix} attached to ${role.name}`);
        return {
          AttachedPolicies: items.map(({ PolicyName, Arn }) => ({ PolicyName, PolicyArn: Arn })),
          ...more,
        };
      },
    }),
    ListPolicies: operation({
      input: { ...LISTED, PathPrefix: POLICY_PATH, Scope: oneOf(['All', 'AWS', 'Local']) },
      output: {
        Policies: list(
          structure({
            PolicyName: text(),
            Arn: text(),
            Path: text(),
            DefaultVersionId: text(),
            IsAttachable: boolean(),
          }),
        ),
        ...PAGED,
      },
      needs: () => ['*'],
      handle(input, { place, managedPolicyNames }) {
        const { Scope = 'All', PathPrefix: prefix = '/' } = input;
        const names = Scope === 'Local' ? [] : managedPolicyNames;
        const all = names.map((name) => describePolicy(managedPolicyArn(name, place.partition)));
        const wanted = all.filter(({ Path }) => Path.startsWith(prefix));
        const { items, ...more } = page(wanted, input, `policies ${Scope} ${prefix}`);
        return { Policies: items, ...more };
      },
    }),
  },
};

function ownArn({ RoleName = '*' }: { RoleName?: string }, { roles }: IamContext): string[] {
  return [roles.find(RoleName)?.role.arn ?? RoleName];
}

function roleOf(name: string, { roles }: IamContext): KnownRole {
  const known = roles.find(name);
  if (!known) throw noSuchRole(name);
  return known;
}

function page<Item>(
  items: readonly Item[],
  { Marker, MaxItems = PAGE_SIZE }: { Marker?: string; MaxItems?: number },
  listName: string,
) {
  const { items: some, nextToken } = pageOf(items, {
    list: listName,
    limit: MaxItems,
    token: Marker,
    refusal: invalidMarker,
  });
  return { items: some, IsTruncated: nextToken !== undefined, Marker: nextToken };
}

function inlineOf(role: RoleModel) {
  return role.declared?.inline ?? [];
}

function describe({ role, createdAt }: KnownRole) {
  const { declared } = role;
  return {
    Path: declared?.path ?? '/',
    RoleName: role.name,
    RoleId: roleIdOf(role.name),
    Arn: role.arn,
    CreateDate: createdAt,
    AssumeRolePolicyDocument: encoded(declared?.trust ?? []),
    Description: declared?.description,
    MaxSessionDuration: declared?.maximumSessionSeconds ?? 3600,
  };
}

function describePolicy(arn: string) {
  const [, Path = '/'] = /:policy(\/(?:.*\/)?)[^/]+$/.exec(arn) ?? [];
  const PolicyName = arn.slice(arn.lastIndexOf('/') + 1);
  return { PolicyName, Arn: arn, Path, DefaultVersionId: 'v1', IsAttachable: true };
}

/** Documents come percent-encoded (IAM API reference, "GetRolePolicy"). */
function encoded(statements: RoleModel['statements']): string {
  return encodeURIComponent(renderPolicyDocument(statements));
}
