import { frameworkDialect } from '../../../aws/dialect.ts';
import type { ServiceDescription } from '../../../aws/service.ts';
import type { LambdaContext } from './context.ts';
import { INVOKE_OPERATIONS } from './invoke-operation.ts';

/** AWS Lambda with the operation that is there from the start; tool-service.ts has the others. */
export const LAMBDA: ServiceDescription<LambdaContext> = {
  title: 'Lambda',
  signingName: 'lambda',
  dialect: frameworkDialect(),
  rest: {
    /** `Type` says whose fault it is (Lambda reference, "Invoke", errors). */
    errorMembers: ({ status }) => ({ Type: status < 500 ? 'User' : 'Service' }),
  },
  operations: INVOKE_OPERATIONS,
};
