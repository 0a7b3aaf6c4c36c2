import type { ServiceDescription } from '../../../aws/service.ts';
import { ACCOUNT_OPERATIONS } from './account-operations.ts';
import { ALIAS_OPERATIONS } from './alias-operations.ts';
import { changesInTurn } from './changes-in-turn.ts';
import { CODE_OPERATIONS } from './code-operations.ts';
import { CONCURRENCY_OPERATIONS } from './concurrency-operations.ts';
import type { LambdaContext } from './context.ts';
import { EVENT_SOURCE_OPERATIONS } from './event-source-operations.ts';
import { FUNCTION_OPERATIONS } from './function-operations.ts';
import { INVOKE_CONFIG_OPERATIONS } from './invoke-config-operations.ts';
import { LAYER_OPERATIONS } from './layer-operations.ts';
import { LAYER_PERMISSION_OPERATIONS } from './layer-permission-operations.ts';
import { MAKE_OPERATIONS } from './make-operations.ts';
import { PERMISSION_OPERATIONS } from './permission-operations.ts';
import { RUNTIME_OPERATIONS } from './runtime-operations.ts';
import { LAMBDA } from './service.ts';
import { STREAM_OPERATIONS } from './stream-operation.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';
import { URL_OPERATIONS } from './url-operations.ts';

/** AWS Lambda with the operations that tools ask for, and running functions seldom: loaded at the first call to one. */
export const LAMBDA_FOR_TOOLS: ServiceDescription<LambdaContext> = {
  ...LAMBDA,
  operations: {
    ...FUNCTION_OPERATIONS,
    ...EVENT_SOURCE_OPERATIONS,
    ...STREAM_OPERATIONS,
    ...ACCOUNT_OPERATIONS,
    ...LAYER_OPERATIONS,
    ...LAYER_PERMISSION_OPERATIONS,
    ...changesInTurn({
      ...ALIAS_OPERATIONS,
      ...CODE_OPERATIONS,
      ...PERMISSION_OPERATIONS,
      ...URL_OPERATIONS,
      ...MAKE_OPERATIONS,
      ...INVOKE_CONFIG_OPERATIONS,
      ...CONCURRENCY_OPERATIONS,
      ...TAG_OPERATIONS,
      ...RUNTIME_OPERATIONS,
    }),
  },
};
