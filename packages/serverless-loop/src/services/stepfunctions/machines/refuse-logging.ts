import { AwsError } from '../../../aws/errors.ts';
import type { StepFunctionsOptions } from '../options.ts';
import type { StateMachineModel } from './state-machine.ts';

/**
 * Refuses logging to a group that isn't there, or by a role that may not deliver logs. Throws AwsError (LocalStack's record
 * "test_deleted_log_group" of AWS, v2/test_sfn_api_logs; Step Functions guide, "Using CloudWatch Logs to log execution history").
 */
export function refuseLogging(
  { logging, name, roleArn }: StateMachineModel,
  { hasLogGroup, authorizeRole }: Pick<StepFunctionsOptions, 'hasLogGroup' | 'authorizeRole'>,
): void {
  const { level, logGroupArn } = logging;
  if (level === 'OFF' || logGroupArn === undefined) return;
  const [, groupName = ''] = /:log-group:([^:]+)/.exec(logGroupArn) ?? [];
  if (!hasLogGroup(groupName))
    throw new AwsError(
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Log Destination not found.',
    );
  try {
    authorizeRole({ name, role: { arn: roleArn } }, { action: 'logs:CreateLogDelivery', resource: '*' });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'AccessDeniedException',
      'The state machine IAM Role is not authorized to access the Log Destination',
    );
  }
}
