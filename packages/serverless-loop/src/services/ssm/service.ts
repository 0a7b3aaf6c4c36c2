import { frameworkDialect } from '../../aws/dialect.ts';
import type { ServiceDescription } from '../../aws/service.ts';
import type { SsmContext } from './context.ts';
import { READ_OPERATIONS } from './read-operations.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';
import { WRITE_OPERATIONS } from './write-operations.ts';

/** AWS Systems Manager Parameter Store (Systems Manager API reference). */
export const SSM: ServiceDescription<SsmContext> = {
  title: 'Parameter Store',
  signingName: 'ssm',
  dialect: frameworkDialect(),
  json: { targetPrefix: 'AmazonSSM', jsonVersion: '1.1', tellsNoSyntax: true },
  operations: { ...READ_OPERATIONS, ...WRITE_OPERATIONS, ...TAG_OPERATIONS },
};
