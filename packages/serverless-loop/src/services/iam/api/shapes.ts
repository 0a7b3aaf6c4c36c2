import { boolean, integer, list, required, structure, text, timestamp } from '../../../aws/members.ts';

export const NAME = '[\\w+=,.@-]+';
export const OF_ROLE = { RoleName: required(text({ min: 1, max: 64, pattern: NAME })) } as const;
export const POLICY_NAME = required(text({ min: 1, max: 128, pattern: NAME }));
export const LISTED = {
  Marker: text({ min: 1, max: 320, pattern: '[\\u0020-\\u00FF]+' }),
  MaxItems: integer({ min: 1, max: 1_000 }),
} as const;
export const POLICY_PATH = text({ min: 1, max: 512, pattern: '((/[A-Za-z0-9\\.,\\+@=_-]+)*)/' });
export const ROLE_PATH = text({ min: 1, max: 512, pattern: '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)' });
export const PAGED = { IsTruncated: boolean(), Marker: text() } as const;
export const ARN = text({ min: 20, max: 2048 });
export const DOCUMENT = text({
  min: 1,
  max: 131_072,
  pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
});
export const DESCRIPTION = text({
  max: 1000,
  pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*',
});
export const SESSION_SECONDS = integer({ min: 3600, max: 43_200 });

const TAG_KEY = text({ min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+' });
export const TAGS = list(
  structure({
    Key: required(TAG_KEY),
    Value: required(text({ max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' })),
  }),
  { max: 50 },
);
export const TAG_KEYS = list(TAG_KEY, { max: 50 });

export const ROLE = structure({
  Path: text(),
  RoleName: text(),
  RoleId: text(),
  Arn: text(),
  CreateDate: timestamp(),
  AssumeRolePolicyDocument: text(),
  Description: text(),
  MaxSessionDuration: integer(),
  PermissionsBoundary: structure({ PermissionsBoundaryType: text(), PermissionsBoundaryArn: text() }),
  Tags: TAGS,
  RoleLastUsed: structure({ LastUsedDate: timestamp(), Region: text() }),
});

export const POLICY = structure({
  PolicyName: text(),
  PolicyId: text(),
  Arn: text(),
  Path: text(),
  DefaultVersionId: text(),
  AttachmentCount: integer(),
  PermissionsBoundaryUsageCount: integer(),
  IsAttachable: boolean(),
  Description: text(),
  CreateDate: timestamp(),
  UpdateDate: timestamp(),
  Tags: TAGS,
});

export const POLICY_VERSION = structure({
  Document: text(),
  VersionId: text(),
  IsDefaultVersion: boolean(),
  CreateDate: timestamp(),
});
