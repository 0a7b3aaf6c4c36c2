import type { ServiceDescription } from '../../aws/service.ts';
import type { IamContext } from './api/context.ts';
import { POLICY_OPERATIONS } from './api/policy-operations.ts';
import { POLICY_TAG_OPERATIONS } from './api/policy-tag-operations.ts';
import { POLICY_VERSION_OPERATIONS } from './api/policy-version-operations.ts';
import { ROLE_OPERATIONS } from './api/role-operations.ts';
import { ROLE_POLICY_OPERATIONS } from './api/role-policy-operations.ts';
import { ROLE_TAG_OPERATIONS } from './api/role-tag-operations.ts';
import { IAM_DIALECT } from './iam-errors.ts';

/** IAM's API: roles and what is attached to them, of the stacks and of callers such as Terraform. */
export const IAM: ServiceDescription<IamContext> = {
  title: 'IAM',
  signingName: 'iam',
  dialect: IAM_DIALECT,
  query: { version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  operations: {
    ...ROLE_OPERATIONS,
    ...ROLE_TAG_OPERATIONS,
    ...ROLE_POLICY_OPERATIONS,
    ...POLICY_OPERATIONS,
    ...POLICY_VERSION_OPERATIONS,
    ...POLICY_TAG_OPERATIONS,
  },
};
