import {
  ALARM_STATES,
  COMPARISONS,
  MAX_ALARM_ACTIONS,
  MAX_EVALUATION_SECONDS,
  MISSING_DATA,
} from '../../../aws/alarm.ts';
import {
  boolean,
  document,
  integer,
  list,
  number,
  oneOf,
  required,
  structure,
  text,
  timestamp,
} from '../../../aws/members.ts';
import {
  ALARM_NAMES,
  MAX_QUERIES,
  METRIC,
  NEXT,
  PERIOD,
  QUERY,
  REQUIRED_METRIC,
  SCAN_BY,
  TAGS,
  UNIT,
} from '../shapes.ts';
import { SIMPLE_STATISTICS } from '../statistics.ts';

export const ALARM_TYPES = ['CompositeAlarm', 'MetricAlarm', 'LogAlarm'] as const;

/** In the order in which AWS names them. */
const STATES = ['INSUFFICIENT_DATA', 'ALARM', 'OK'] as const;

const ACTIONS = list(text(), { max: MAX_ALARM_ACTIONS });

const NEW_ALARM = {
  AlarmName: required(text({ max: 255 })),
  AlarmDescription: text(),
  ActionsEnabled: boolean(),
  OKActions: ACTIONS,
  AlarmActions: ACTIONS,
  InsufficientDataActions: ACTIONS,
  Tags: TAGS,
} as const;

/** The members that say what a metric alarm watches, and how. */
const CONFIGURATION = {
  ...METRIC,
  Statistic: oneOf(SIMPLE_STATISTICS),
  ExtendedStatistic: text(),
  Period: PERIOD,
  Unit: UNIT,
  EvaluationPeriods: integer({ min: 1, max: MAX_EVALUATION_SECONDS }),
  DatapointsToAlarm: integer({ min: 1, max: MAX_EVALUATION_SECONDS }),
  Threshold: number(),
  ComparisonOperator: oneOf(COMPARISONS),
  TreatMissingData: oneOf(MISSING_DATA),
  EvaluateLowSampleCountPercentile: oneOf(['evaluate', 'ignore']),
  Metrics: list(structure(QUERY), { max: MAX_QUERIES }),
} as const;

/** Only told of; the loop refuses an alarm with one of them. */
export const NOT_EMULATED = {
  ThresholdMetricId: text(),
  EvaluationCriteria: document(),
  EvaluationWindow: document(),
  WarmUpConfiguration: document(),
  ActionsSuppressor: text(),
} as const;

const { ActionsSuppressor: _, ...WITHOUT_SUPPRESSOR } = NOT_EMULATED;

export const NEW_METRIC_ALARM = { ...NEW_ALARM, ...CONFIGURATION, ...WITHOUT_SUPPRESSOR } as const;
export const NEW_COMPOSITE_ALARM = {
  ...NEW_ALARM,
  AlarmRule: required(text()),
  ActionsSuppressor: NOT_EMULATED.ActionsSuppressor,
} as const;

export const NAMED_ALARMS = { AlarmNames: required({ ...ALARM_NAMES, min: 1 }) } as const;

export const ALARM_STATE = {
  AlarmName: required(text()),
  StateValue: required(oneOf(STATES)),
  StateReason: text({ max: 1_023 }),
  StateReasonData: text({ max: 4_000 }),
} as const;

const MAX_RECORDS = integer({ min: 1, max: 100 });

export const ALARM_FILTER = {
  AlarmNames: ALARM_NAMES,
  AlarmNamePrefix: text(),
  AlarmTypes: list(oneOf(ALARM_TYPES)),
  ChildrenOfAlarmName: text(),
  ParentsOfAlarmName: text(),
  StateValue: oneOf(ALARM_STATES),
  ActionPrefix: text(),
  MaxRecords: MAX_RECORDS,
  ...NEXT,
} as const;

export const WATCHED_METRIC = {
  ...REQUIRED_METRIC,
  Statistic: oneOf(SIMPLE_STATISTICS),
  ExtendedStatistic: text(),
  Period: PERIOD,
  Unit: UNIT,
} as const;

export const HISTORY_FILTER = {
  AlarmName: text(),
  AlarmTypes: list(oneOf(ALARM_TYPES)),
  HistoryItemType: oneOf(['ConfigurationUpdate', 'StateUpdate', 'Action']),
  StartDate: timestamp(),
  EndDate: timestamp(),
  ScanBy: SCAN_BY,
  MaxRecords: MAX_RECORDS,
  ...NEXT,
} as const;
