import type { Place } from '../../aws/arn.ts';
import {
  boolean,
  integer,
  list,
  map,
  oneOf,
  required,
  structure,
  text,
  timestamp,
} from '../../aws/members.ts';
import { secretArn } from '../../aws/secret-arn.ts';
import { DAY_MS } from '../../aws/time-units.ts';
import { neededSecret, operation, SECRET_ID } from './context.ts';
import { type Secret, stagesOf } from './secret.ts';
import { invalidParameter, refuseName } from './secret-errors.ts';
import { FILTERS, filteredSecrets } from './secret-filters.ts';
import { PAGED, pageOfSecrets } from './secret-pages.ts';
import { TOKEN, tokenIn, VALUE, valueIn } from './value-operations.ts';

export const TAG = structure({ Key: text({ min: 1, max: 128 }), Value: text({ max: 256 }) });

const DESCRIPTION = text({ max: 2048 });
const KMS_KEY = text({ max: 2048 });
const NAMED = { ARN: text(), Name: text() } as const;

const DESCRIBED = {
  ...NAMED,
  Description: DESCRIPTION,
  KmsKeyId: KMS_KEY,
  RotationEnabled: boolean(),
  LastChangedDate: timestamp(),
  LastAccessedDate: timestamp(),
  DeletedDate: timestamp(),
  Tags: list(TAG),
  CreatedDate: timestamp(),
} as const;

/** Days until it is gone (Secrets Manager API, "DeleteSecret"). */
const RECOVERY = { least: 7, most: 30 };

export const SECRET_OPERATIONS = {
  CreateSecret: operation({
    input: {
      Name: required(text({ min: 1, max: 512 })),
      ClientRequestToken: TOKEN,
      Description: DESCRIPTION,
      KmsKeyId: KMS_KEY,
      ...VALUE,
      Tags: list(TAG),
    },
    output: { ...NAMED, VersionId: text() },
    needs: ({ Name = '*' }, { place }) => [secretArn(place, Name)],
    handle(input, { store }) {
      const { Name, ClientRequestToken, Description, KmsKeyId, Tags = [] } = input;
      refuseName(Name);
      const value = valueIn(input);
      const token = tokenIn(ClientRequestToken);
      const same = store().find(Name);
      const isRepeated =
        value && same?.deletedAt === undefined && same?.versions.some(({ id }) => id === token);
      const secret =
        isRepeated && same
          ? same
          : store().create({
              name: Name,
              ...(Description !== undefined && { description: Description }),
              ...(KmsKeyId !== undefined && { kmsKeyId: KmsKeyId }),
              tags: new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
            });
      const version = value && store().addVersion(secret, token, value);
      return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
    },
  }),
  UpdateSecret: operation({
    input: {
      ...SECRET_ID,
      ClientRequestToken: TOKEN,
      Description: DESCRIPTION,
      KmsKeyId: KMS_KEY,
      ...VALUE,
    },
    output: { ...NAMED, VersionId: text() },
    needs: neededSecret,
    handle({ SecretId, ClientRequestToken, Description, KmsKeyId, ...given }, { store, now }) {
      const secret = store().get(SecretId);
      const value = valueIn(given);
      const token = tokenIn(ClientRequestToken);
      const version = value && store().addVersion(secret, token, value);
      if (Description !== undefined) secret.description = Description;
      if (KmsKeyId !== undefined) secret.kmsKeyId = KmsKeyId;
      secret.changedAt = now();
      return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
    },
  }),
  DescribeSecret: operation({
    input: SECRET_ID,
    output: { ...DESCRIBED, VersionIdsToStages: map(list(text())) },
    needs: neededSecret,
    handle({ SecretId }, { store }) {
      const secret = store().getAny(SecretId);
      return { ...described(secret), VersionIdsToStages: stagesByVersion(secret) };
    },
  }),
  ListSecrets: operation({
    input: {
      IncludePlannedDeletion: boolean(),
      Filters: FILTERS,
      SortOrder: oneOf(['asc', 'desc']),
      SortBy: oneOf(['created-date', 'last-accessed-date', 'last-changed-date', 'name']),
      ...PAGED,
    },
    output: {
      SecretList: list(structure({ ...DESCRIBED, SecretVersionsToStages: map(list(text())) })),
      NextToken: text(),
    },
    needs: () => ['*'],
    handle(input, { store }) {
      const { Filters, IncludePlannedDeletion = false, MaxResults = 100, NextToken } = input;
      const all = filteredSecrets(store().list(), Filters)
        .filter(({ deletedAt }) => IncludePlannedDeletion || deletedAt === undefined)
        .sort(orderBy(input.SortBy));
      if (input.SortOrder === 'desc') all.reverse();
      const { items, nextToken } = pageOfSecrets('ListSecrets', all, MaxResults, NextToken);
      return {
        SecretList: items.map((secret) => ({
          ...described(secret),
          SecretVersionsToStages: stagesByVersion(secret),
        })),
        NextToken: nextToken,
      };
    },
  }),
  DeleteSecret: operation({
    input: { ...SECRET_ID, RecoveryWindowInDays: integer(), ForceDeleteWithoutRecovery: boolean() },
    output: { ...NAMED, DeletionDate: timestamp() },
    needs: neededSecret,
    handle(
      { SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced },
      { store, now, place },
    ) {
      if (isForced && days !== undefined)
        throw invalidParameter(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        );
      if (days !== undefined && (days < RECOVERY.least || days > RECOVERY.most))
        throw invalidParameter(
          `The RecoveryWindowInDays value must be between ${RECOVERY.least} and ${RECOVERY.most} days (inclusive).`,
        );
      if (isForced) {
        refuseName(SecretId.replace(/^arn:.*:/, ''));
        const there = store().find(SecretId);
        if (there) store().remove(there);
        // One that is not there is told as deleted (the same record, test_delete_non_existent_secret_returns_as_if_secret_exists).
        const { arn: ARN, name: Name } = there ?? namedSecret(SecretId, place);
        return { ARN, Name, DeletionDate: now() };
      }
      const secret = store().get(SecretId);
      secret.deletedAt = now() + (days ?? RECOVERY.most) * DAY_MS;
      return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deletedAt };
    },
  }),
  RestoreSecret: operation({
    input: SECRET_ID,
    output: NAMED,
    needs: neededSecret,
    handle({ SecretId }, { store }) {
      const secret = store().getAny(SecretId);
      delete secret.deletedAt;
      return { ARN: secret.arn, Name: secret.name };
    },
  }),
};

/** ARN and name as a call names a secret. */
function namedSecret(secretId: string, place: Place): { arn: string; name: string } {
  if (!secretId.startsWith('arn:')) return { arn: secretArn(place, secretId), name: secretId };
  return { arn: secretId, name: secretId.replace(/^.*:secret:/, '') };
}

function described(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    LastChangedDate: secret.changedAt,
    LastAccessedDate: secret.accessedAt,
    DeletedDate: secret.deletedAt,
    ...(secret.tags.size > 0 && { Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })) }),
    CreatedDate: secret.createdAt,
  };
}

/** Of the versions that have a label. */
function stagesByVersion({ versions }: Secret): Record<string, string[]> {
  return Object.fromEntries(
    versions.filter(({ stages }) => stages.size > 0).map((version) => [version.id, stagesOf(version)]),
  );
}

function orderBy(key: string | undefined): (one: Secret, other: Secret) => number {
  if (key === 'name') return (one, other) => (one.name < other.name ? -1 : 1);
  if (key === 'last-changed-date') return (one, other) => one.changedAt - other.changedAt;
  if (key === 'last-accessed-date') return (one, other) => (one.accessedAt ?? 0) - (other.accessedAt ?? 0);
  return (one, other) => one.createdAt - other.createdAt;
}
