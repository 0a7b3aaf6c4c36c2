import type { Place } from '../../aws/arn.ts';
import { managedPolicyArn } from '../../aws/managed-policy-arn.ts';
import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import { renderPolicyDocument } from '../../aws/policy-document.ts';
import type { QueryService } from '../../aws/query-service.ts';
import { roleIdOf } from '../../aws/role-id.ts';
import { shown } from '../../aws/shown.ts';
import type { RoleModel } from '../../template/model.ts';
import { noSuchEntity, optionalText, requiredText, validationError } from './iam-errors.ts';
import type { KnownRole } from './roles.ts';

export interface IamServiceOptions {
  place: Place;
  roles: { find(name: string): KnownRole | undefined; list(): KnownRole[] };
  /** Names of those of AWS's managed policies whose meaning is known here. */
  managedPolicyNames: string[];
}

/** IAM's API, for reading: the roles of the stacks, and what is attached to them. */
export function iamService({ place, roles, managedPolicyNames }: IamServiceOptions): QueryService {
  const { partition } = place;

  function roleOf(input: JsonObject): KnownRole {
    const name = requiredText(input, 'RoleName');
    const known = roles.find(name);
    if (!known) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return known;
  }

  const ofRole = (action: string, handle: (input: JsonObject) => JsonObject): [string, JsonOperation] => {
    const needs = ({ RoleName: name }: JsonObject) => {
      const resource = roles.find(shown(name))?.role.arn ?? shown(name);
      return [{ action: `iam:${action}`, resource }];
    };
    return [action, { handle, needs }];
  };
  const ofAll = (action: string, handle: (input: JsonObject) => JsonObject): [string, JsonOperation] => [
    action,
    { handle, needs: () => [{ action: `iam:${action}`, resource: '*' }] },
  ];

  return {
    title: 'IAM',
    signingName: 'iam',
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: Object.fromEntries([
      ofRole('GetRole', (input) => ({ Role: describe(roleOf(input)) })),
      ofAll('ListRoles', (input) => whole('Roles', roles.list().map(describe), input)),
      ofRole('ListRolePolicies', (input) =>
        whole(
          'PolicyNames',
          inlineOf(roleOf(input).role).map(({ name }) => name),
          input,
        ),
      ),
      ofRole('GetRolePolicy', (input) => {
        const { role } = roleOf(input);
        const PolicyName = requiredText(input, 'PolicyName');
        const policy = inlineOf(role).find(({ name }) => name === PolicyName);
        if (!policy) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
        return { RoleName: role.name, PolicyName, PolicyDocument: encoded(policy.statements) };
      }),
      ofRole('ListAttachedRolePolicies', (input) => {
        const arns = (roleOf(input).role.declared?.managed ?? []).map((one) =>
          managedPolicyArn(one, partition),
        );
        const attached = arns.map((arn) => ({
          PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
          PolicyArn: arn,
        }));
        return whole('AttachedPolicies', attached, input);
      }),
      ofAll('ListPolicies', (input) => {
        const scope = optionalText(input, 'Scope') ?? 'All';
        const names = scope === 'Local' ? [] : managedPolicyNames;
        return whole(
          'Policies',
          names.map((name) => describePolicy(managedPolicyArn(name, partition))),
          input,
        );
      }),
    ]),
  };
}

/** All at once: no list here is longer than IAM's longest page. */
function whole(member: string, items: unknown[], input: JsonObject): JsonObject {
  if (input.Marker !== undefined)
    throw validationError(`'${shown(input.Marker)}'`, 'Marker', 'no list here gave it');
  return { [member]: items, IsTruncated: false };
}

function inlineOf(role: RoleModel) {
  return role.declared?.inline ?? [];
}

function describe({ role, createdAt }: KnownRole): JsonObject {
  const { declared } = role;
  return {
    Path: declared?.path ?? '/',
    RoleName: role.name,
    RoleId: roleIdOf(role.name),
    Arn: role.arn,
    CreateDate: new Date(createdAt),
    AssumeRolePolicyDocument: encoded(declared?.trust ?? []),
    Description: declared?.description,
    MaxSessionDuration: declared?.maximumSessionSeconds ?? 3600,
  };
}

function describePolicy(arn: string): JsonObject {
  const [, path = '', name = ''] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return { PolicyName: name, Arn: arn, Path: path, DefaultVersionId: 'v1', IsAttachable: true };
}

/** Documents come percent-encoded (IAM API reference, "GetRolePolicy"). */
function encoded(statements: RoleModel['statements']): string {
  return encodeURIComponent(renderPolicyDocument(statements));
}
