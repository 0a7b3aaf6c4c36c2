import type { MetricQuery, MetricSource } from './metric.ts';

export const ALARM_STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
/** A state that an alarm is in. */
export type AlarmState = (typeof ALARM_STATES)[number];

/** The ways in which a value breaches the threshold. */
export const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const MISSING_DATA = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;
export type MissingData = (typeof MISSING_DATA)[number];

/** A week, the most that an alarm may look at. */
export const MAX_EVALUATION_SECONDS = 604_800;

/** With periods under an hour it may look at no more than a day (API reference, "PutMetricAlarm", Period). */
export function longestEvaluation(periodSeconds: number): number {
  return periodSeconds < 3_600 ? 86_400 : MAX_EVALUATION_SECONDS;
}
export const MAX_ALARM_ACTIONS = 5;

export interface AlarmActions {
  areEnabled: boolean;
  /** ARNs, by the state that an alarm comes to. */
  on: Record<AlarmState, string[]>;
}

interface AnyAlarm {
  name: string;
  arn: string;
  description?: string;
  /** Of its template. */
  tags?: Readonly<Record<string, string>>;
  actions: AlarmActions;
}

/** Watches a metric, or what an expression makes of several. */
export interface MetricAlarmModel extends AnyAlarm {
  kind: 'metric';
  /** One statistic, or queries of which just one returns data. */
  watched: { source: MetricSource } | { queries: MetricQuery[] };
  comparison: Comparison;
  threshold: number;
  evaluationPeriods: number;
  /** Undefined: as many as periods. */
  datapointsToAlarm?: number;
  /** Undefined: `missing`. */
  missingData?: MissingData;
  /** Leave the state as it is while a percentile has too few samples. */
  ignoresLowSampleCount: boolean;
}

/**
 * Returns how many data points must breach. It has a value where nobody set one, which answers don't tell (LocalStack's record,
 * test_cloudwatch.snapshot.json, test_describe_minimal_metric_alarm).
 */
export function datapointsToAlarmOf({ datapointsToAlarm, evaluationPeriods }: MetricAlarmModel): number {
  return datapointsToAlarm ?? evaluationPeriods;
}

export function missingDataOf({ missingData }: MetricAlarmModel): MissingData {
  return missingData ?? 'missing';
}

/** Watches other alarms. */
export interface CompositeAlarmModel extends AnyAlarm {
  kind: 'composite';
  /** E.g. `ALARM("a") OR NOT OK("b")`. */
  rule: string;
}

export type AlarmModel = MetricAlarmModel | CompositeAlarmModel;
