import type { Read } from '../../../aws/members.ts';
import type { Encryption, MachineLogging, StateMachineModel } from '../machines/state-machine.ts';
import type { ENCRYPTION, LOGGING, TAGS } from './shapes.ts';

/** A machine's settings as they are described. */
export function settingsView({ definition, roleArn, logging, isTraced, encryption }: StateMachineModel) {
  return {
    definition,
    roleArn,
    loggingConfiguration: loggingView(logging),
    tracingConfiguration: { enabled: isTraced },
    ...(encryption && { encryptionConfiguration: encryption }),
  };
}

function loggingView({ level, includesData, logGroupArn }: MachineLogging) {
  return {
    level,
    includeExecutionData: includesData,
    ...(logGroupArn !== undefined && { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] }),
  };
}

export function loggingOf(given: Read<typeof LOGGING.members>): MachineLogging {
  const { level = 'OFF', includeExecutionData = false, destinations = [] } = given;
  const logGroupArn = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  return {
    level,
    includesData: includeExecutionData,
    ...(logGroupArn !== undefined && { logGroupArn }),
  };
}

export function encryptionOf(given: Read<typeof ENCRYPTION.members>): Encryption {
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds } = given;
  return {
    type,
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    ...(kmsDataKeyReusePeriodSeconds !== undefined && { kmsDataKeyReusePeriodSeconds }),
  };
}

export function tagsOf(given: readonly Read<typeof TAGS.item.members>[]): Record<string, string> {
  return Object.fromEntries(given.map(({ key = '', value = '' }) => [key, value]));
}
