import { boolean, list, required, text, type Written } from '../../../aws/members.ts';
import { deleteConflict, limitExceeded } from '../iam-errors.ts';
import type { PolicyVersion } from '../own-policies.ts';
import { operation, page, statementsOf } from './context.ts';
import {
  newVersion,
  noPolicy,
  noVersion,
  OF_POLICY,
  onPolicy,
  ownPolicy,
  putPolicy,
  versionOf,
} from './found-policy.ts';
import { isManaged } from './policy-operations.ts';
import { encoded } from './role-operations.ts';
import { DOCUMENT, LISTED, PAGED, POLICY_VERSION } from './shapes.ts';

const OF_VERSION = {
  ...OF_POLICY,
  VersionId: required(text({ pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' })),
} as const;
/** IAM guide, "Versioning IAM policies". */
const MAX_VERSIONS = 5;

/** Versions of customer managed policies. */
export const POLICY_VERSION_OPERATIONS = {
  CreatePolicyVersion: operation({
    input: { ...OF_POLICY, PolicyDocument: required(DOCUMENT), SetAsDefault: boolean() },
    output: { PolicyVersion: POLICY_VERSION },
    needs: onPolicy,
    handle({ PolicyArn, PolicyDocument, SetAsDefault = false }, context) {
      const policy = ownPolicy(PolicyArn, context);
      if (policy.versions.length >= MAX_VERSIONS)
        throw limitExceeded(
          `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
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
      if (!isManaged(PolicyArn, context)) throw noPolicy(PolicyArn);
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
      if (!own && !isManaged(PolicyArn, context)) throw noPolicy(PolicyArn);
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
};

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
