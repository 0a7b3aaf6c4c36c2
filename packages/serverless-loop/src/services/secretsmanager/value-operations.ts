import { AwsError } from '../../aws/errors.ts';
import { blob, integer, list, structure, text, timestamp } from '../../aws/members.ts';
import { DAY_MS } from '../../aws/time-units.ts';
import { neededSecret, operation, SECRET_ID } from './context.ts';
import { CURRENT, type Secret, type SecretValue, type SecretVersion, stagesOf, versionAt } from './secret.ts';
import { invalidParameter, invalidRequest, noSecret } from './secret-errors.ts';
import { FILTERS, filteredSecrets } from './secret-filters.ts';
import { PAGED, pageOfSecrets } from './secret-pages.ts';

/** Secrets Manager API, "CreateSecret": the value in encrypted form, text or bytes. */
const MAX_VALUE_LENGTH = 65_536;

export const TOKEN = text({ min: 32, max: 64 });
export const VALUE = {
  SecretString: text({ max: MAX_VALUE_LENGTH, sensitive: true }),
  SecretBinary: blob({ max: MAX_VALUE_LENGTH, sensitive: true }),
} as const;
export const STAGES = list(text({ min: 1, max: 256 }), { min: 1, max: 20 });

const VALUE_ENTRY = {
  ARN: text(),
  Name: text(),
  VersionId: text(),
  SecretBinary: blob(),
  SecretString: text(),
  VersionStages: list(text()),
  CreatedDate: timestamp(),
} as const;

export const VALUE_OPERATIONS = {
  GetSecretValue: operation({
    input: {
      ...SECRET_ID,
      VersionId: text({ min: 32, max: 64 }),
      VersionStage: text({ min: 1, max: 256 }),
    },
    output: VALUE_ENTRY,
    needs: neededSecret,
    handle({ SecretId, VersionId, VersionStage }, { store, now }) {
      const secret = store().get(SecretId);
      return shownVersion(secret, pickVersion(secret, VersionId, VersionStage), now());
    },
  }),
  BatchGetSecretValue: operation({
    input: {
      SecretIdList: list(text({ min: 1, max: 2048 }), { min: 1, max: 20 }),
      Filters: FILTERS,
      ...PAGED,
      // Values come in shorter pages than names (Secrets Manager reference, "BatchGetSecretValue").
      MaxResults: integer({ min: 1, max: 20 }),
    },
    output: {
      SecretValues: list(structure(VALUE_ENTRY)),
      Errors: list(structure({ SecretId: text(), ErrorCode: text(), Message: text() })),
      NextToken: text(),
    },
    // The caller needs GetSecretValue on each secret besides (Secrets Manager API, "BatchGetSecretValue").
    needs: ({ SecretIdList = [] }, context) => [
      '*',
      ...SecretIdList.flatMap((SecretId) =>
        neededSecret({ SecretId }, context).map((resource) => ({
          action: 'secretsmanager:GetSecretValue',
          resource,
        })),
      ),
    ],
    handle({ SecretIdList, Filters, MaxResults = 20, NextToken }, { store, now }) {
      if (!SecretIdList === !Filters)
        throw invalidParameter('Either specify SecretIdList or Filters, but not both.');
      const ids = SecretIdList ?? filteredSecrets(store().list(), Filters).map(({ arn }) => arn);
      const { items, nextToken } = pageOfSecrets('BatchGetSecretValue', ids, MaxResults, NextToken);
      const read = items.map((SecretId) => {
        try {
          const secret = store().get(SecretId);
          return { value: shownVersion(secret, pickVersion(secret), now()) };
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          return { error: { SecretId, ErrorCode: error.code, Message: error.message } };
        }
      });
      return {
        SecretValues: read.flatMap(({ value }) => value ?? []),
        Errors: read.flatMap(({ error }) => error ?? []),
        NextToken: nextToken,
      };
    },
  }),
  PutSecretValue: operation({
    input: { ...SECRET_ID, ClientRequestToken: TOKEN, ...VALUE, VersionStages: STAGES },
    output: { ARN: text(), Name: text(), VersionId: text(), VersionStages: list(text()) },
    needs: neededSecret,
    handle({ SecretId, ClientRequestToken, VersionStages, ...given }, { store }) {
      const secret = store().get(SecretId);
      const value = valueIn(given);
      if (!value) throw invalidRequest('You must provide either SecretString or SecretBinary.');
      const version = store().addVersion(secret, tokenIn(ClientRequestToken), value, VersionStages);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: stagesOf(version),
      };
    },
  }),
};

/** Throws AwsError for a version that the secret doesn't have. */
function pickVersion(secret: Secret, id?: string, stage?: string): SecretVersion {
  if (id === undefined) {
    const found = versionAt(secret, stage ?? CURRENT);
    if (!found) throw noSecret(`staging label: ${stage ?? CURRENT}`);
    return found;
  }
  const found = secret.versions.find((version) => version.id === id);
  if (!found) throw noSecret(`VersionId: ${id}`);
  if (stage !== undefined && !found.stages.has(stage))
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  return found;
}

function shownVersion(secret: Secret, version: SecretVersion, now: number) {
  const { id, value, createdAt } = version;
  // The day is all that is kept of it (Secrets Manager API, "DescribeSecret", LastAccessedDate).
  secret.accessedAt = now - (now % DAY_MS);
  version.accessedAt = secret.accessedAt;
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: id,
    SecretString: value.text,
    SecretBinary: value.bytes,
    VersionStages: stagesOf(version),
    CreatedDate: createdAt,
  };
}

/** The value that a request gives, if it gives one. Throws AwsError for two. */
export function valueIn({
  SecretString,
  SecretBinary,
}: {
  SecretString?: string;
  SecretBinary?: Buffer;
}): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  if (SecretBinary !== undefined) return { bytes: SecretBinary };
  return SecretString === undefined ? undefined : { text: SecretString };
}

/** SDKs draw one; who speaks HTTP must say it (LocalStack's record, tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json, test_no_client_request_token). */
export function tokenIn(token: string | undefined): string {
  if (token === undefined)
    throw invalidRequest('You must provide a ClientRequestToken value. We recommend a UUID-type value.');
  return token;
}
