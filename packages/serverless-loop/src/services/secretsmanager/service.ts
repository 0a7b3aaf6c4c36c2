import { frameworkDialect } from '../../aws/dialect.ts';
import type { ServiceDescription } from '../../aws/service.ts';
import type { SecretsContext } from './context.ts';
import { SECRET_OPERATIONS } from './secret-operations.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';
import { VALUE_OPERATIONS } from './value-operations.ts';
import { VERSION_OPERATIONS } from './version-operations.ts';

/** AWS Secrets Manager (Secrets Manager API reference). */
export const SECRETS_MANAGER: ServiceDescription<SecretsContext> = {
  title: 'Secrets Manager',
  signingName: 'secretsmanager',
  dialect: frameworkDialect(),
  json: { targetPrefix: 'secretsmanager', jsonVersion: '1.1', hasCapitalMessage: true, tellsNoSyntax: true },
  operations: { ...SECRET_OPERATIONS, ...VALUE_OPERATIONS, ...VERSION_OPERATIONS, ...TAG_OPERATIONS },
};
