import { AwsError } from '../../../aws/errors.ts';
import type { Read } from '../../../aws/members.ts';
import type { LOGGING } from './shapes.ts';

/** Refuses logging to nowhere, or to more than one place. Throws the AwsError InvalidLoggingConfiguration (LocalStack's record "test_invalid_logging_configuration" of AWS). */
export function refuseDestinations({ level = 'OFF', destinations = [] }: Read<typeof LOGGING.members>): void {
  const isOne =
    destinations.length === 1 && destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn !== undefined;
  if (isOne || (level === 'OFF' && destinations.length === 0)) return;
  throw new AwsError(
    'InvalidLoggingConfiguration',
    'Invalid Logging Configuration: Must specify exactly one Log Destination.',
  );
}
