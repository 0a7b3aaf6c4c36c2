import { boolean, integer, list, required, structure, text, timestamp } from '../../aws/members.ts';
import { neededSecret, operation, SECRET_ID } from './context.ts';
import { randomPassword } from './random-password.ts';
import { CURRENT, stagesOf } from './secret.ts';
import { invalidParameter, noSecret } from './secret-errors.ts';
import { PAGED, pageOfSecrets } from './secret-pages.ts';

const VERSION_ID = text({ min: 32, max: 64 });

export const VERSION_OPERATIONS = {
  ListSecretVersionIds: operation({
    input: { ...SECRET_ID, IncludeDeprecated: boolean(), ...PAGED },
    output: {
      ARN: text(),
      Name: text(),
      NextToken: text(),
      Versions: list(
        structure({
          VersionId: text(),
          VersionStages: list(text()),
          KmsKeyIds: list(text()),
          LastAccessedDate: timestamp(),
          CreatedDate: timestamp(),
        }),
      ),
    },
    needs: neededSecret,
    handle({ SecretId, IncludeDeprecated = false, MaxResults = 100, NextToken }, { store }) {
      const { arn, name, versions, kmsKeyId = 'DefaultEncryptionKey' } = store().getAny(SecretId);
      const all = versions.filter(({ stages }) => IncludeDeprecated || stages.size > 0);
      const { items, nextToken } = pageOfSecrets(`ListSecretVersionIds ${name}`, all, MaxResults, NextToken);
      return {
        ARN: arn,
        Name: name,
        NextToken: nextToken,
        Versions: items.map((version) => ({
          VersionId: version.id,
          ...(version.stages.size > 0 && { VersionStages: stagesOf(version) }),
          KmsKeyIds: [kmsKeyId],
          LastAccessedDate: version.accessedAt,
          CreatedDate: version.createdAt,
        })),
      };
    },
  }),
  UpdateSecretVersionStage: operation({
    input: {
      ...SECRET_ID,
      VersionStage: required(text({ min: 1, max: 256 })),
      RemoveFromVersionId: VERSION_ID,
      MoveToVersionId: VERSION_ID,
    },
    output: { ARN: text(), Name: text() },
    needs: neededSecret,
    handle({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId }, { store }) {
      const secret = store().get(SecretId);
      const holder = secret.versions.find(({ stages }) => stages.has(VersionStage));
      const target = secret.versions.find(({ id }) => id === MoveToVersionId);
      if (MoveToVersionId !== undefined && !target) throw noSecret(`VersionId: ${MoveToVersionId}`);
      if (holder && holder !== target && holder.id !== RemoveFromVersionId)
        throw invalidParameter(
          RemoveFromVersionId === undefined
            ? `The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`
            : `The staging label ${VersionStage} is currently attached to version ${holder.id}, not to ${RemoveFromVersionId}.`,
        );
      if (!target && VersionStage === CURRENT)
        throw invalidParameter(
          `You can only move staging label ${CURRENT} to a different secret version. It can't be completely removed.`,
        );
      store().moveStage(secret, VersionStage, target);
      return { ARN: secret.arn, Name: secret.name };
    },
  }),
  GetRandomPassword: operation({
    input: {
      PasswordLength: integer({ min: 1, max: 4096 }),
      ExcludeCharacters: text({ max: 4096 }),
      ExcludeNumbers: boolean(),
      ExcludePunctuation: boolean(),
      ExcludeUppercase: boolean(),
      ExcludeLowercase: boolean(),
      IncludeSpace: boolean(),
      RequireEachIncludedType: boolean(),
    },
    output: { RandomPassword: text() },
    needs: () => ['*'],
    handle: (input) => ({
      RandomPassword: randomPassword({
        ...(input.PasswordLength !== undefined && { length: input.PasswordLength }),
        excludeCharacters: input.ExcludeCharacters ?? '',
        excludeNumbers: input.ExcludeNumbers ?? false,
        excludePunctuation: input.ExcludePunctuation ?? false,
        excludeUppercase: input.ExcludeUppercase ?? false,
        excludeLowercase: input.ExcludeLowercase ?? false,
        includeSpace: input.IncludeSpace ?? false,
        requireEachIncludedType: input.RequireEachIncludedType ?? true,
      }),
    }),
  }),
};
