import type { QueryService } from '../../aws/query-service.ts';
import { changeSetOperations, changeSetTemplate } from './deploy/change-set-operations.ts';
import { stackWriteOperations } from './deploy/stack-write-operations.ts';
import type { WriteContext } from './deploy/write-context.ts';
import { resourceOperations } from './resource-operations.ts';
import { stackOperations } from './stack-operations.ts';
import type { StackStore } from './stack-store.ts';
import { templateOperations } from './template-operations.ts';

export { startDeployer } from './deploy/deployer.ts';
export type { GivenNames } from './deploy/given-names.ts';
export { liveStack } from './live-stack.ts';
export type { StackRecord } from './stack-record.ts';
export { type StackStore, stackStore } from './stack-store.ts';
export type { TemplateReader } from './template-reader.ts';

export interface CloudFormationOptions extends WriteContext {
  store: StackStore;
}

/** AWS CloudFormation: the stacks in the store, and what their templates say. */
export function cloudFormation(options: CloudFormationOptions): QueryService {
  return {
    signingName: 'cloudformation',
    version: '2010-05-15',
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    operations: {
      ...stackOperations(options.store),
      ...resourceOperations(options.store),
      ...templateOperations(options, (input) => changeSetTemplate(input, options)),
      ...changeSetOperations(options),
      ...stackWriteOperations(options),
    },
  };
}
