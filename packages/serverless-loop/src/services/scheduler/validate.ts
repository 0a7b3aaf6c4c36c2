import { AwsError } from '../../aws/errors.ts';
import { refuseTiming } from './occurrences.ts';
import type { ScheduleModel } from './schedule.ts';
import { groupArnOf } from './schedules.ts';
import { refuseTarget } from './target-input.ts';

export interface ScheduleChecks {
  /** Epoch milliseconds. */
  now(): number;
  /** Judges by a role's trust policy whether Scheduler may assume it for the schedules of a group. */
  trusts(roleArn: string, sourceArn: string): boolean;
}

/** Throws the AwsError of Scheduler for a schedule that it doesn't take. */
export function refuseInvalidSchedule(model: ScheduleModel, { now, trusts }: ScheduleChecks): void {
  refuseTiming(model, now());
  if (model.flexibleMinutes === 0)
    throw invalid('MaximumWindowInMinutes must be provided for a flexible time window.');
  refuseTarget(model.target);
  // The refusal as aws/aws-sdk-js-v3, issue 6494, quotes it.
  if (!trusts(model.target.roleArn, groupArnOf(model)))
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
