import { boolean, list, oneOf, required, structure, text } from '../../../aws/members.ts';
import { roleIdOf } from '../../../aws/role-id.ts';
import { alreadyExists, deleteConflict } from '../iam-errors.ts';
import { managedPolicyArn } from '../managed-policy-arn.ts';
import { type OwnPolicy, policyArn } from '../own-policies.ts';
import { type IamContext, operation, page, rolesWith } from './context.ts';
import { newVersion, noPolicy, OF_POLICY, onPolicy, ownPolicy } from './found-policy.ts';
import { describeManaged, describePolicy, nameInArn } from './policy-view.ts';
import { DESCRIPTION, DOCUMENT, LISTED, PAGED, POLICY, POLICY_NAME, POLICY_PATH, TAGS } from './shapes.ts';
import { tagsOf } from './tags.ts';

/** Managed policies: AWS's, as far as they are known here, and those that calls make. */
export const POLICY_OPERATIONS = {
  CreatePolicy: operation({
    input: {
      PolicyName: POLICY_NAME,
      Path: POLICY_PATH,
      PolicyDocument: required(DOCUMENT),
      Description: DESCRIPTION,
      Tags: TAGS,
    },
    output: { Policy: POLICY },
    needs: ({ PolicyName = '*', Path = '/' }, { place }) => [policyArn(place, Path, PolicyName)],
    handle(input, context) {
      const { PolicyName: name, Path: path = '/', PolicyDocument, Description: description } = input;
      const isNamedSo = (other: OwnPolicy) => other.name.toLowerCase() === name.toLowerCase();
      if (context.policies.list().some(isNamedSo))
        throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      const now = context.now();
      const policy = {
        name,
        arn: policyArn(context.place, path, name),
        path,
        ...(description !== undefined && { description }),
        createdAt: now,
        changedAt: now,
        tags: tagsOf(input.Tags),
        versions: [newVersion('v1', PolicyDocument, now)],
        defaultVersion: 'v1',
        lastVersion: 1,
      };
      context.policies.put(policy);
      return { Policy: describePolicy(policy, context) };
    },
  }),

  GetPolicy: operation({
    input: OF_POLICY,
    output: { Policy: POLICY },
    needs: onPolicy,
    handle({ PolicyArn }, context) {
      const own = context.policies.find(PolicyArn);
      if (own) return { Policy: describePolicy(own, context) };
      if (!isManaged(PolicyArn, context)) throw noPolicy(PolicyArn);
      return { Policy: describeManaged(PolicyArn, context) };
    },
  }),

  ListPolicies: operation({
    input: {
      ...LISTED,
      PathPrefix: POLICY_PATH,
      Scope: oneOf(['All', 'AWS', 'Local']),
      OnlyAttached: boolean(),
    },
    output: { Policies: list(POLICY), ...PAGED },
    needs: () => ['*'],
    handle(input, context) {
      const { Scope = 'All', PathPrefix: prefix = '/', OnlyAttached = false } = input;
      const { place, managedPolicies, policies } = context;
      const arns = Object.keys(managedPolicies).map((name) => managedPolicyArn(name, place.partition));
      const all = [
        ...(Scope === 'AWS' ? [] : policies.list().map((policy) => describePolicy(policy, context))),
        ...(Scope === 'Local' ? [] : arns.map((arn) => describeManaged(arn, context))),
      ];
      const wanted = all
        .filter(({ Path = '/' }) => Path.startsWith(prefix))
        .filter(({ AttachmentCount }) => !OnlyAttached || AttachmentCount !== 0);
      const { items, ...more } = page(wanted, input, `policies ${Scope} ${prefix}`);
      // Descriptions and tags are left to GetPolicy (IAM API reference, "ListPolicies").
      return {
        Policies: items.map((policy) => ({ ...policy, Description: undefined, Tags: undefined })),
        ...more,
      };
    },
  }),

  DeletePolicy: operation({
    input: OF_POLICY,
    needs: onPolicy,
    handle({ PolicyArn }, context) {
      const policy = ownPolicy(PolicyArn, context);
      if (rolesWith(PolicyArn, context).length > 0)
        throw deleteConflict('Cannot delete a policy attached to entities.');
      if (policy.versions.length > 1)
        throw deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      context.policies.remove(PolicyArn);
      return {};
    },
  }),

  /** Only roles have policies here. */
  ListEntitiesForPolicy: operation({
    input: {
      ...OF_POLICY,
      EntityFilter: oneOf(['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy']),
      ...LISTED,
    },
    output: {
      PolicyGroups: list(structure({ GroupName: text(), GroupId: text() })),
      PolicyUsers: list(structure({ UserName: text(), UserId: text() })),
      PolicyRoles: list(structure({ RoleName: text(), RoleId: text() })),
      ...PAGED,
    },
    needs: onPolicy,
    handle(input, context) {
      const { PolicyArn, EntityFilter = 'Role' } = input;
      if (!context.policies.find(PolicyArn) && !isManaged(PolicyArn, context)) throw noPolicy(PolicyArn);
      const all = EntityFilter === 'Role' ? rolesWith(PolicyArn, context) : [];
      const { items, ...more } = page(all, input, `roles with ${PolicyArn}`);
      const PolicyRoles = items.map(({ name }) => ({ RoleName: name, RoleId: roleIdOf(name) }));
      return { PolicyGroups: [], PolicyUsers: [], PolicyRoles, ...more };
    },
  }),
};

export function isManaged(arn: string, { managedPolicies }: IamContext): boolean {
  return /^arn:[\w-]+:iam::aws:policy\//.test(arn) && Object.hasOwn(managedPolicies, nameInArn(arn));
}
