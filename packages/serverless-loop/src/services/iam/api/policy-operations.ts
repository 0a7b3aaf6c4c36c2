import { boolean, list, oneOf, required, structure, text, type Written } from '../../../aws/members.ts';
import { roleIdOf } from '../../../aws/role-id.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from '../iam-errors.ts';
import { managedPolicyArn } from '../managed-policy-arn.ts';
import { type OwnPolicy, type PolicyVersion, policyArn } from '../own-policies.ts';
import { checkedPolicy } from '../policy-check.ts';
import { changeRole, type IamContext, operation, page, rolesWith, statementsOf } from './context.ts';
import { describeManaged, describePolicy, nameInArn, refuseNoArn } from './policy-view.ts';
import { encoded } from './role-operations.ts';
import {
  ARN,
  DESCRIPTION,
  DOCUMENT,
  LISTED,
  PAGED,
  POLICY,
  POLICY_NAME,
  POLICY_PATH,
  POLICY_VERSION,
  TAG_KEYS,
  TAGS,
} from './shapes.ts';
import { tagListOf, tagsOf } from './tags.ts';

const OF_POLICY = { PolicyArn: required(ARN) } as const;
const OF_VERSION = {
  ...OF_POLICY,
  VersionId: required(text({ pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' })),
} as const;
/** IAM guide, "Versioning IAM policies". */
const MOST_VERSIONS = 5;

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
      if (!isManaged(PolicyArn, context)) throw notFound(PolicyArn);
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

  CreatePolicyVersion: operation({
    input: { ...OF_POLICY, PolicyDocument: required(DOCUMENT), SetAsDefault: boolean() },
    output: { PolicyVersion: POLICY_VERSION },
    needs: onPolicy,
    handle({ PolicyArn, PolicyDocument, SetAsDefault = false }, context) {
      const policy = ownPolicy(PolicyArn, context);
      if (policy.versions.length >= MOST_VERSIONS)
        throw limitExceeded(
          `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
        );
      const lastVersion = policy.lastVersion + 1;
      const version = newVersion(`v${lastVersion}`, PolicyDocument, context.now());
      const next = { ...policy, versions: [...policy.versions, version], lastVersion };
      putPolicy(SetAsDefault ? { ...next, defaultVersion: version.id } : next, context);
      return {
        PolicyVersion: { ...describeVersion(version, SetAsDefault ? version.id : ''), Document: undefined },
      };
    },
  }),

  SetDefaultPolicyVersion: operation({
    input: OF_VERSION,
    needs: onPolicy,
    handle({ PolicyArn, VersionId }, context) {
      const policy = ownPolicy(PolicyArn, context);
      versionOf(policy, VersionId);
      putPolicy({ ...policy, defaultVersion: VersionId }, context);
      return {};
    },
  }),

  GetPolicyVersion: operation({
    input: OF_VERSION,
    output: { PolicyVersion: POLICY_VERSION },
    needs: onPolicy,
    handle({ PolicyArn, VersionId }, context) {
      const own = context.policies.find(PolicyArn);
      if (own) return { PolicyVersion: describeVersion(versionOf(own, VersionId), own.defaultVersion) };
      if (!isManaged(PolicyArn, context)) throw notFound(PolicyArn);
      if (VersionId !== 'v1') throw noVersion(PolicyArn, VersionId);
      const statements = [...statementsOf(context)(PolicyArn)];
      return {
        PolicyVersion: { Document: encoded(undefined, statements), VersionId, IsDefaultVersion: true },
      };
    },
  }),

  ListPolicyVersions: operation({
    input: { ...OF_POLICY, ...LISTED },
    output: { Versions: list(POLICY_VERSION), ...PAGED },
    needs: onPolicy,
    handle(input, context) {
      const { PolicyArn } = input;
      const own = context.policies.find(PolicyArn);
      if (!own && !isManaged(PolicyArn, context)) throw notFound(PolicyArn);
      const all = own
        ? own.versions.toReversed().map((each) => describeVersion(each, own.defaultVersion))
        : [{ VersionId: 'v1', IsDefaultVersion: true }];
      const { items, ...more } = page(all, input, `versions of ${PolicyArn}`);
      // Documents are left to GetPolicyVersion.
      return { Versions: items.map((version) => ({ ...version, Document: undefined })), ...more };
    },
  }),

  DeletePolicyVersion: operation({
    input: OF_VERSION,
    needs: onPolicy,
    handle({ PolicyArn, VersionId }, context) {
      const policy = ownPolicy(PolicyArn, context);
      const version = versionOf(policy, VersionId);
      if (VersionId === policy.defaultVersion)
        throw deleteConflict('Cannot delete the default version of a policy.');
      putPolicy({ ...policy, versions: policy.versions.filter((other) => other !== version) }, context);
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
      if (!context.policies.find(PolicyArn) && !isManaged(PolicyArn, context)) throw notFound(PolicyArn);
      const all = EntityFilter === 'Role' ? rolesWith(PolicyArn, context) : [];
      const { items, ...more } = page(all, input, `roles with ${PolicyArn}`);
      const PolicyRoles = items.map(({ name }) => ({ RoleName: name, RoleId: roleIdOf(name) }));
      return { PolicyGroups: [], PolicyUsers: [], PolicyRoles, ...more };
    },
  }),

  TagPolicy: operation({
    input: { ...OF_POLICY, Tags: required(TAGS) },
    needs: onPolicy,
    handle({ PolicyArn, Tags }, context) {
      const policy = ownPolicy(PolicyArn, context);
      context.policies.put({ ...policy, tags: { ...policy.tags, ...tagsOf(Tags) } });
      return {};
    },
  }),

  UntagPolicy: operation({
    input: { ...OF_POLICY, TagKeys: required(TAG_KEYS) },
    needs: onPolicy,
    handle({ PolicyArn, TagKeys }, context) {
      const policy = ownPolicy(PolicyArn, context);
      const kept = Object.entries(policy.tags).filter(([key]) => !TagKeys.includes(key));
      context.policies.put({ ...policy, tags: Object.fromEntries(kept) });
      return {};
    },
  }),

  ListPolicyTags: operation({
    input: { ...OF_POLICY, ...LISTED },
    output: { Tags: required(TAGS), ...PAGED },
    needs: onPolicy,
    handle(input, context) {
      const { tags, name } = ownPolicy(input.PolicyArn, context);
      const { items, ...more } = page(tagListOf(tags), input, `tags of ${name}`);
      return { Tags: items, ...more };
    },
  }),
};

function onPolicy({ PolicyArn = '*' }: { PolicyArn?: string }): string[] {
  return [PolicyArn];
}

function notFound(arn: string) {
  return noSuchEntity(`Policy ${arn} was not found.`);
}

function noVersion(arn: string, version: string) {
  return noSuchEntity(`Policy ${arn} version ${version} does not exist or is not attachable.`);
}

function ownPolicy(arn: string, { policies }: IamContext): OwnPolicy {
  refuseNoArn(arn);
  const policy = policies.find(arn);
  if (!policy) throw notFound(arn);
  return policy;
}

/** Roles that have it may at once do what its default version says. */
function putPolicy(policy: OwnPolicy, context: IamContext): void {
  const before = statementsOf(context);
  const statementsBefore = context.policies.find(policy.arn) ? before(policy.arn) : [];
  context.policies.put({ ...policy, changedAt: context.now() });
  for (const role of rolesWith(policy.arn, context))
    changeRole(role, {}, context, (arn) => (arn === policy.arn ? statementsBefore : before(arn)));
}

function isManaged(arn: string, { managedPolicies }: IamContext): boolean {
  return /^arn:[\w-]+:iam::aws:policy\//.test(arn) && Object.hasOwn(managedPolicies, nameInArn(arn));
}

function newVersion(id: string, text: string, createdAt: number): PolicyVersion {
  return { id, text, statements: checkedPolicy(text, 'identity'), createdAt };
}

function versionOf(policy: OwnPolicy, id: string): PolicyVersion {
  const version = policy.versions.find((own) => own.id === id);
  if (!version) throw noVersion(policy.arn, id);
  return version;
}

function describeVersion(
  { id, text: document, statements, createdAt }: PolicyVersion,
  defaultVersion: string,
): Written<(typeof POLICY_VERSION)['members']> {
  return {
    Document: encoded(document, statements),
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: createdAt,
  };
}
