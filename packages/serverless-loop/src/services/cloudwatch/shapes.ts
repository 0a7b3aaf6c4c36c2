import {
  boolean,
  integer,
  list,
  number,
  oneOf,
  required,
  structure,
  text,
  timestamp,
} from '../../aws/members.ts';
import { METRIC_UNITS } from '../../aws/metric.ts';

/** Members that several operations have (CloudWatch API reference, "Data Types"). */

const MAX_PERIOD_SECONDS = 86_400 * 365;

export const UNIT = oneOf(METRIC_UNITS);
export const PERIOD = integer({ min: 1, max: MAX_PERIOD_SECONDS });
export const NEXT = { NextToken: text() } as const;

export const NAMESPACE = text({
  max: 255,
  pattern: String.raw`[^:][\s\S]*|`,
  reason: 'The value for parameter Namespace must not begin with a colon.',
});
export const METRIC_NAME = text({ max: 255 });

export const DIMENSIONS = list(
  structure({ Name: required(text({ max: 255 })), Value: required(text({ max: 1_024 })) }),
  { max: 30 },
);

/** The identity of a metric. */
export const METRIC = { Namespace: NAMESPACE, MetricName: METRIC_NAME, Dimensions: DIMENSIONS } as const;
export const REQUIRED_METRIC = {
  ...METRIC,
  Namespace: required(NAMESPACE),
  MetricName: required(METRIC_NAME),
} as const;

export const METRIC_STAT = {
  Metric: required(structure(METRIC)),
  Period: required(PERIOD),
  Stat: required(text()),
  Unit: UNIT,
} as const;

export const QUERY = {
  Id: required(text()),
  MetricStat: structure(METRIC_STAT),
  Expression: text(),
  Label: text(),
  ReturnData: boolean(),
  Period: PERIOD,
} as const;

export const MAX_QUERIES = 500;

export const SPAN = { StartTime: required(timestamp()), EndTime: required(timestamp()) } as const;

export const SCAN_BY = oneOf(['TimestampDescending', 'TimestampAscending']);

export const MESSAGES = list(structure({ Code: text(), Value: text() }));

/** AWS's model requires the value, and the loop takes none for an empty one. */
export const TAGS = list(structure({ Key: required(text()), Value: text() }));

export const ALARM_NAMES = list(text(), { max: 100 });

const ANY_ALARM = {
  AlarmName: text(),
  AlarmArn: text(),
  AlarmDescription: text(),
  AlarmConfigurationUpdatedTimestamp: timestamp(),
  ActionsEnabled: boolean(),
  OKActions: list(text()),
  AlarmActions: list(text()),
  InsufficientDataActions: list(text()),
  StateValue: text(),
  StateReason: text(),
  StateReasonData: text(),
  StateUpdatedTimestamp: timestamp(),
  StateTransitionedTimestamp: timestamp(),
} as const;

export const METRIC_ALARM = {
  ...ANY_ALARM,
  MetricName: text(),
  Namespace: text(),
  Statistic: text(),
  ExtendedStatistic: text(),
  Dimensions: DIMENSIONS,
  Period: integer(),
  Unit: text(),
  EvaluationPeriods: integer(),
  DatapointsToAlarm: integer(),
  Threshold: number(),
  ComparisonOperator: text(),
  TreatMissingData: text(),
  EvaluateLowSampleCountPercentile: text(),
  Metrics: list(structure(QUERY)),
} as const;

export const COMPOSITE_ALARM = { ...ANY_ALARM, AlarmRule: text() } as const;
