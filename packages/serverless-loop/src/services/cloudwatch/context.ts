import type { Place } from '../../aws/arn.ts';
import { operationsOf } from '../../aws/service.ts';
import type { AlarmBook } from './alarms/alarm-book.ts';
import type { AlarmTags } from './alarms/alarm-tags.ts';
import type { Dashboards } from './dashboards.ts';
import type { MetricStore } from './metric-store.ts';

/** The context of CloudWatch's operations. */
export interface CloudWatchContext {
  place: Place;
  store: MetricStore;
  book: AlarmBook;
  tags: AlarmTags;
  dashboards: Dashboards;
  /** Epoch milliseconds. */
  now(): number;
}

export const operation = operationsOf<CloudWatchContext>();
