import { frameworkDialect } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';
import type { ServiceDescription } from '../../aws/service.ts';
import type { SchedulerContext } from './context.ts';
import { GROUP_OPERATIONS } from './group-operations.ts';
import { SCHEDULE_OPERATIONS } from './schedule-operations.ts';

/** Amazon EventBridge Scheduler (its API reference). */
export const SCHEDULER: ServiceDescription<SchedulerContext> = {
  title: 'EventBridge Scheduler',
  signingName: 'scheduler',
  dialect: frameworkDialect(),
  rest: {
    malformedBody: (reason) =>
      new AwsError('ValidationException', `The body is not a JSON object: ${reason}.`),
  },
  operations: { ...SCHEDULE_OPERATIONS, ...GROUP_OPERATIONS },
};
