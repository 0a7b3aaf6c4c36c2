import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { type Page, pageOf } from '../../aws/page.ts';
import { operationsOf } from '../../aws/service.ts';
import type { ScheduleModel } from './schedule.ts';
import type { Schedules } from './schedules.ts';
import { MAX_LISTED } from './shapes.ts';

/** The context of EventBridge Scheduler's operations. */
export interface SchedulerContext {
  place: Place;
  schedules: Schedules;
  /** Rejects with the AwsError of Scheduler for a schedule that it doesn't take. */
  refuseInvalid(model: ScheduleModel): Promise<void>;
}

export const operation = operationsOf<SchedulerContext>();

/** One page of a sorted list. Throws AwsError for a token that is none. */
export function listed<Item>(
  list: string,
  items: readonly Item[],
  { MaxResults, NextToken }: { MaxResults?: number; NextToken?: string },
  keyOf: (item: Item) => string,
): Page<Item> {
  const refusal = () => new AwsError('ValidationException', 'Invalid NextToken provided.');
  return pageOf(items, { list, limit: MaxResults ?? MAX_LISTED, token: NextToken, keyOf, refusal });
}
