import { frameworkDialect } from '../../aws/dialect.ts';
import type { ServiceDescription } from '../../aws/service.ts';
import { ACTIVITY_OPERATIONS } from './api/activity-operations.ts';
import { ALIAS_OPERATIONS } from './api/alias-operations.ts';
import type { StepFunctionsContext } from './api/context.ts';
import { EXECUTION_OPERATIONS } from './api/execution-operations.ts';
import { HISTORY_OPERATION } from './api/history-operation.ts';
import { MACHINE_OPERATIONS } from './api/machine-operations.ts';
import { MAP_RUN_OPERATIONS } from './api/map-run-operations.ts';
import { START_OPERATIONS } from './api/start-operations.ts';
import { TAG_OPERATIONS } from './api/tag-operations.ts';
import { TASK_OPERATIONS } from './api/task-operations.ts';
import { TEST_STATE_OPERATION } from './api/test-state-operation.ts';
import { VALIDATE_OPERATION } from './api/validate-operation.ts';
import { VERSION_OPERATIONS } from './api/version-operations.ts';

/** AWS Step Functions (its API reference). */
export const STEP_FUNCTIONS: ServiceDescription<StepFunctionsContext> = {
  title: 'Step Functions',
  signingName: 'states',
  dialect: frameworkDialect(),
  json: { targetPrefix: 'AWSStepFunctions', jsonVersion: '1.0' },
  operations: {
    ...MACHINE_OPERATIONS,
    ...VERSION_OPERATIONS,
    ...ALIAS_OPERATIONS,
    ...START_OPERATIONS,
    ...EXECUTION_OPERATIONS,
    ...HISTORY_OPERATION,
    ...MAP_RUN_OPERATIONS,
    ...TASK_OPERATIONS,
    ...ACTIVITY_OPERATIONS,
    ...TAG_OPERATIONS,
    ...VALIDATE_OPERATION,
    ...TEST_STATE_OPERATION,
  },
};
