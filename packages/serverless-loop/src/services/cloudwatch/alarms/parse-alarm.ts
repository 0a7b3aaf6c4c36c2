import {
  type AlarmActions,
  COMPARISONS,
  type CompositeAlarmModel,
  LONGEST_EVALUATION_SECONDS,
  longestEvaluation,
  type MetricAlarmModel,
  MISSING_DATA,
  MOST_ALARM_ACTIONS,
} from '../../../aws/alarm.ts';
import { formatArn, type Place } from '../../../aws/arn.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { invalidCombination, invalidValue, missingParameter, validationError } from '../cloudwatch-error.ts';
import {
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalNumber,
  optionalText,
  requiredText,
  textList,
} from '../input.ts';
import { parseMetric, parseQueries, parseStat, parseUnit, requiredPeriod } from '../parse-metric.ts';
import { SIMPLE_STATISTICS } from '../statistics.ts';
import { alarmProblems } from '../validate-alarms.ts';

const NOT_EMULATED = [
  'ThresholdMetricId',
  'EvaluationCriteria',
  'EvaluationWindow',
  'WarmUpConfiguration',
  'ActionsSuppressor',
];
const LONGEST_NAME = 255;

/** The input of PutMetricAlarm. */
export function parseMetricAlarm(input: JsonObject, place: Place): MetricAlarmModel {
  refuseNotEmulated(input);
  const evaluationPeriods = requiredInteger(input, 'EvaluationPeriods', LONGEST_EVALUATION_SECONDS);
  const comparison = optionalChoice(input, 'ComparisonOperator', COMPARISONS);
  if (!comparison) throw missingParameter('ComparisonOperator');
  const threshold = optionalNumber(input, 'Threshold');
  if (threshold === undefined) throw missingParameter('Threshold');
  const datapointsToAlarm = optionalInteger(input, 'DatapointsToAlarm', {
    least: 1,
    most: evaluationPeriods,
  });
  const missingData = optionalChoice(input, 'TreatMissingData', MISSING_DATA);
  const model: MetricAlarmModel = {
    kind: 'metric',
    ...parseBase(input, place),
    watched: parseWatched(input, evaluationPeriods),
    comparison,
    threshold,
    evaluationPeriods,
    ...(datapointsToAlarm !== undefined && { datapointsToAlarm }),
    ...(missingData !== undefined && { missingData }),
    ignoresLowSampleCount:
      optionalChoice(input, 'EvaluateLowSampleCountPercentile', ['evaluate', 'ignore']) === 'ignore',
  };
  return refuseProblems(model);
}

/** The input of PutCompositeAlarm. */
export function parseCompositeAlarm(input: JsonObject, place: Place): CompositeAlarmModel {
  refuseNotEmulated(input);
  const model: CompositeAlarmModel = {
    kind: 'composite',
    ...parseBase(input, place),
    rule: requiredText(input, 'AlarmRule'),
  };
  return refuseProblems(model);
}

function parseBase(input: JsonObject, place: Place) {
  const name = requiredText(input, 'AlarmName');
  if (name.length > LONGEST_NAME)
    throw invalidValue(`The value for parameter AlarmName must have at most ${LONGEST_NAME} characters.`);
  const description = optionalText(input, 'AlarmDescription');
  return {
    name,
    arn: formatArn(place, 'cloudwatch', `alarm:${name}`),
    ...(description !== undefined && { description }),
    actions: parseActions(input),
  };
}

function parseActions(input: JsonObject): AlarmActions {
  return {
    areEnabled: optionalBoolean(input, 'ActionsEnabled') ?? true,
    on: {
      OK: textList(input, 'OKActions', MOST_ALARM_ACTIONS),
      ALARM: textList(input, 'AlarmActions', MOST_ALARM_ACTIONS),
      INSUFFICIENT_DATA: textList(input, 'InsufficientDataActions', MOST_ALARM_ACTIONS),
    },
  };
}

function parseWatched(input: JsonObject, evaluationPeriods: number): MetricAlarmModel['watched'] {
  if (Array.isArray(input.Metrics) && input.Metrics.length > 0) {
    if (input.MetricName !== undefined)
      throw invalidCombination('The parameters MetricName and Metrics are mutually exclusive.');
    const queries = parseQueries(input, 'Metrics');
    const returning = queries.filter(({ returnsData }) => returnsData).length;
    if (returning !== 1)
      throw validationError(
        `Exactly one element of the metrics list should return data, found ${returning}.`,
      );
    return { queries };
  }
  const unit = parseUnit(input);
  const simple = optionalChoice(input, 'Statistic', SIMPLE_STATISTICS);
  const extended = optionalText(input, 'ExtendedStatistic');
  if (simple !== undefined && extended !== undefined)
    throw invalidCombination('The parameters Statistic and ExtendedStatistic are mutually exclusive.');
  const stat = simple ?? extended;
  if (stat === undefined) throw missingParameter('Statistic');
  const periodSeconds = requiredPeriod(input);
  const longest = longestEvaluation(periodSeconds);
  if (periodSeconds * evaluationPeriods > longest)
    throw validationError(
      `Metrics cannot be checked across more than ${longest} seconds (EvaluationPeriods * Period must be <= ${longest}).`,
    );
  return {
    source: { metric: parseMetric(input), stat: parseStat(stat), periodSeconds, ...(unit && { unit }) },
  };
}

function requiredInteger(input: JsonObject, name: string, most: number): number {
  const value = optionalInteger(input, name, { least: 1, most });
  if (value === undefined) throw missingParameter(name);
  return value;
}

function refuseNotEmulated(input: JsonObject): void {
  const found = NOT_EMULATED.find((name) => (input[name] ?? undefined) !== undefined);
  if (found) throw validationError(`The loop doesn't emulate ${found} of an alarm.`);
}

function refuseProblems<Model extends MetricAlarmModel | CompositeAlarmModel>(model: Model): Model {
  const [problem] = alarmProblems(model);
  if (problem !== undefined) throw validationError(problem);
  return model;
}
