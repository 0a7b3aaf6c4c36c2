import { randomUUID } from 'node:crypto';
import { parseArn } from '../../aws/arn.ts';
import { timeText } from '../../aws/time-text.ts';
import type { ScheduleModel } from './schedule.ts';

/** One attempt to invoke a schedule's target. */
export interface Attempt {
  /** Of this attempt alone. */
  executionId: string;
  /** 1 for the first. */
  number: number;
  /** Epoch milliseconds. */
  scheduledMs: number;
}

/** The place of an attribute in an input. */
export const KEYWORD = /<aws\.scheduler\.([a-z-]+)>/g;

/** The input of a target with the attributes of the attempt in the place of their keywords (Scheduler guide, "Adding context attributes"). */
export function inputOf(model: ScheduleModel, attempt: Attempt): string {
  const { input } = model.target;
  if (input === undefined) return defaultInput(model, attempt);
  const attributes: Record<string, string> = {
    'schedule-arn': model.arn,
    'scheduled-time': timeText(attempt.scheduledMs),
    'execution-id': attempt.executionId,
    'attempt-number': String(attempt.number),
  };
  return input.replace(KEYWORD, (keyword, name) => attributes[name] ?? keyword);
}

/**
 * The notification of a schedule without input, as functions logged theirs: its detail is a text (Reed-Nicholson's S3DropBucket has one in a
 * comment; the API reference, "Target", says no more than that there is one).
 */
function defaultInput({ arn }: ScheduleModel, { scheduledMs }: Attempt): string {
  const { accountId, region } = parseArn(arn) ?? {};
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: timeText(scheduledMs),
    region,
    resources: [arn],
    detail: '{}',
  });
}
