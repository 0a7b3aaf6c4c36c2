import type { ServiceDescription } from '../../aws/service.ts';
import type { CloudFormationContext } from './context.ts';
import { CHANGE_SET_OPERATIONS } from './deploy/change-set-operations.ts';
import { STACK_WRITE_OPERATIONS } from './deploy/stack-write-operations.ts';
import { CLOUDFORMATION_DIALECT } from './errors.ts';
import { RESOURCE_OPERATIONS } from './resource-operations.ts';
import { STACK_OPERATIONS } from './stack-operations.ts';
import { TEMPLATE_OPERATIONS } from './template-operations.ts';

export { startDeployer } from './deploy/deployer.ts';
export type { Followed } from './deploy/followed-change.ts';
export type { GivenNames } from './deploy/given-names.ts';
export { liveStack } from './live-stack.ts';
export { stackStore } from './stack-store.ts';

/** AWS CloudFormation: the stacks in the store, and what their templates say. */
export const CLOUDFORMATION: ServiceDescription<CloudFormationContext> = {
  title: 'CloudFormation',
  signingName: 'cloudformation',
  dialect: CLOUDFORMATION_DIALECT,
  query: { version: '2010-05-15', namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/' },
  operations: {
    ...STACK_OPERATIONS,
    ...RESOURCE_OPERATIONS,
    ...TEMPLATE_OPERATIONS,
    ...CHANGE_SET_OPERATIONS,
    ...STACK_WRITE_OPERATIONS,
  },
};
