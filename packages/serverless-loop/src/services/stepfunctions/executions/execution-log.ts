import type { JsonObject } from '../../../aws/json-object.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { LogLevel, MachineLogging } from '../machines/state-machine.ts';

/** Members of an event's details that hold data. */
export const DATA = /^(input|output|parameters|assignedVariables)(Details)?$/;

/** The events of each level (Step Functions guide, "Log levels for Step Functions execution events"). */
const OF_LEVEL: Readonly<Record<LogLevel, RegExp>> = {
  ALL: /^/,
  ERROR: /(Failed|Aborted|TimedOut)$|^FailStateEntered$/,
  FATAL: /^Execution(Failed|Aborted|TimedOut)$/,
  OFF: /^\b$/,
};

/** True for an event of a machine that logs it. */
export function isLogged({ level, logGroupArn }: MachineLogging, { type }: HistoryEvent): boolean {
  return logGroupArn !== undefined && OF_LEVEL[level].test(type);
}

/** The line of an event, as AWS was seen to log it (LocalStack's records, v2/logs/test_logs.snapshot.json). */
export function logLine(
  { id, previousEventId, timestampMs, type, details }: HistoryEvent,
  {
    executionArn,
    redriveCount,
    includesData,
  }: { executionArn: string; redriveCount: number; includesData: boolean },
): string {
  const entries = Object.entries(details?.value ?? {});
  const told: JsonObject = Object.fromEntries(entries.filter(([name]) => includesData || !DATA.test(name)));
  return JSON.stringify({
    id: String(id),
    type,
    details: told,
    previous_event_id: String(previousEventId),
    event_timestamp: String(timestampMs),
    execution_arn: executionArn,
    redrive_count: String(redriveCount),
  });
}
