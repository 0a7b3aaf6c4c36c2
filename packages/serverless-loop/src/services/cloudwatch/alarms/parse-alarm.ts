import {
  type AlarmActions,
  type CompositeAlarmModel,
  longestEvaluation,
  type MetricAlarmModel,
} from '../../../aws/alarm.ts';
import { formatArn, type Place } from '../../../aws/arn.ts';
import type { Read } from '../../../aws/members.ts';
import { invalidCombination, invalidValue, missingParameter, validationError } from '../cloudwatch-error.ts';
import { parseMetric, parsePeriod, parseQueries, parseStat } from '../parse-metric.ts';
import { alarmProblems } from '../validate-alarms.ts';
import { type NEW_COMPOSITE_ALARM, type NEW_METRIC_ALARM, NOT_EMULATED } from './alarm-shapes.ts';

type NewAlarm = Read<typeof NEW_METRIC_ALARM>;
type NewCompositeAlarm = Read<typeof NEW_COMPOSITE_ALARM>;

/** The input of PutMetricAlarm. */
export function parseMetricAlarm(input: NewAlarm, place: Place): MetricAlarmModel {
  refuseNotEmulated(input);
  const { ComparisonOperator: comparison, Threshold: threshold, TreatMissingData: missingData } = input;
  const { EvaluationPeriods: evaluationPeriods, DatapointsToAlarm: datapointsToAlarm } = input;
  if (evaluationPeriods === undefined) throw missingParameter('EvaluationPeriods');
  if (!comparison) throw missingParameter('ComparisonOperator');
  if (threshold === undefined) throw missingParameter('Threshold');
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods)
    throw invalidValue(
      `The value ${datapointsToAlarm} for parameter DatapointsToAlarm is invalid. It must be between 1 and ${evaluationPeriods}.`,
    );
  const model: MetricAlarmModel = {
    kind: 'metric',
    ...parseBase(input, place),
    watched: parseWatched(input, evaluationPeriods),
    comparison,
    threshold,
    evaluationPeriods,
    ...(datapointsToAlarm !== undefined && { datapointsToAlarm }),
    ...(missingData !== undefined && { missingData }),
    ignoresLowSampleCount: input.EvaluateLowSampleCountPercentile === 'ignore',
  };
  return refuseProblems(model);
}

/** The input of PutCompositeAlarm. */
export function parseCompositeAlarm(input: NewCompositeAlarm, place: Place): CompositeAlarmModel {
  refuseNotEmulated(input);
  const model: CompositeAlarmModel = {
    kind: 'composite',
    ...parseBase(input, place),
    rule: input.AlarmRule,
  };
  return refuseProblems(model);
}

function parseBase(input: NewAlarm | NewCompositeAlarm, place: Place) {
  const { AlarmName: name, AlarmDescription: description } = input;
  return {
    name,
    arn: formatArn(place, 'cloudwatch', `alarm:${name}`),
    ...(description !== undefined && { description }),
    actions: parseActions(input),
  };
}

function parseActions(input: NewAlarm | NewCompositeAlarm): AlarmActions {
  const { ActionsEnabled = true, OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = input;
  return {
    areEnabled: ActionsEnabled,
    on: { OK: OKActions, ALARM: AlarmActions, INSUFFICIENT_DATA: InsufficientDataActions },
  };
}

function parseWatched(input: NewAlarm, evaluationPeriods: number): MetricAlarmModel['watched'] {
  const { Metrics = [], Unit: unit, Statistic: simple, ExtendedStatistic: extended } = input;
  if (Metrics.length > 0) {
    if (input.MetricName !== undefined)
      throw invalidCombination('The parameters MetricName and Metrics are mutually exclusive.');
    const queries = parseQueries(Metrics);
    const returning = queries.filter(({ returnsData }) => returnsData).length;
    if (returning !== 1)
      throw validationError(
        `Exactly one element of the metrics list should return data, found ${returning}.`,
      );
    return { queries };
  }
  if (simple !== undefined && extended !== undefined)
    throw invalidCombination('The parameters Statistic and ExtendedStatistic are mutually exclusive.');
  const stat = simple ?? extended;
  if (stat === undefined) throw missingParameter('Statistic');
  if (input.Period === undefined) throw missingParameter('Period');
  const periodSeconds = parsePeriod(input.Period);
  const longest = longestEvaluation(periodSeconds);
  if (periodSeconds * evaluationPeriods > longest)
    throw validationError(
      `Metrics cannot be checked across more than ${longest} seconds (EvaluationPeriods * Period must be <= ${longest}).`,
    );
  return {
    source: { metric: parseMetric(input), stat: parseStat(stat), periodSeconds, ...(unit && { unit }) },
  };
}

function refuseNotEmulated(input: object): void {
  const found = Object.keys(NOT_EMULATED).find((name) => name in input);
  if (found !== undefined) throw validationError(`The loop doesn't emulate ${found} of an alarm.`);
}

function refuseProblems<Model extends MetricAlarmModel | CompositeAlarmModel>(model: Model): Model {
  const [problem] = alarmProblems(model);
  if (problem !== undefined) throw validationError(problem);
  return model;
}
