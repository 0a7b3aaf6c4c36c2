import {
  COMPARISONS,
  longestEvaluation,
  MAX_EVALUATION_SECONDS,
  type MetricAlarmModel,
  MISSING_DATA,
} from '../../../aws/alarm.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { ALARM_ACTION_PROPERTIES, readAlarmActions, readAlarmTags } from './alarm-actions.ts';
import { readMetric, readMetricQueries, readPeriod, readUnit } from './metric-queries.ts';

const KNOWN_PROPERTIES = [
  ...ALARM_ACTION_PROPERTIES,
  'ActionConfiguration',
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluateLowSampleCountPercentile',
  'EvaluationCriteria',
  'EvaluationInterval',
  'EvaluationPeriods',
  'EvaluationWindow',
  'ExtendedStatistic',
  'MetricName',
  'Metrics',
  'Namespace',
  'Period',
  'Statistic',
  'Threshold',
  'ThresholdMetricId',
  'TreatMissingData',
  'Unit',
  'WarmUpConfiguration',
];
/** Anomaly detection, PromQL and windows that follow the clock. */
const NOT_EMULATED = ['EvaluationCriteria', 'EvaluationWindow', 'ThresholdMetricId', 'WarmUpConfiguration'];
const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;

/** AWS::CloudWatch::Alarm. Undefined for one that watches what is not emulated. */
export function readAlarm(resource: Resource, world: World): MetricAlarmModel | undefined {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  const name = world.name(resource, properties, 'AlarmName', /^.{1,255}$/);
  const missing = NOT_EMULATED.find((part) => properties.has(part));
  if (missing) {
    world.reports.notEmulated(resource, `an alarm's ${missing} is not emulated`);
    return undefined;
  }
  world.reports.emulated(resource);
  const description = properties.text('AlarmDescription');
  const evaluationPeriods = properties.integer('EvaluationPeriods', 1, MAX_EVALUATION_SECONDS);
  if (!properties.has('EvaluationPeriods'))
    properties.complain('EvaluationPeriods', 'expected a whole number, found nothing');
  const most = evaluationPeriods ?? 1;
  const datapointsToAlarm = properties.integer('DatapointsToAlarm', 1, most);
  const missingData = properties.oneOf('TreatMissingData', MISSING_DATA);
  return {
    kind: 'metric',
    name,
    arn: world.arn(resource),
    ...(description !== undefined && { description }),
    ...readAlarmTags(properties),
    actions: readAlarmActions(properties),
    watched: readWatched(properties, most),
    comparison: readComparison(properties),
    threshold: readThreshold(properties),
    evaluationPeriods: most,
    ...(datapointsToAlarm !== undefined && { datapointsToAlarm }),
    ...(missingData !== undefined && { missingData }),
    ignoresLowSampleCount:
      properties.oneOf('EvaluateLowSampleCountPercentile', ['evaluate', 'ignore']) === 'ignore',
  };
}

function readWatched(properties: Properties, evaluationPeriods: number): MetricAlarmModel['watched'] {
  if (properties.has('Metrics')) {
    const both = ['MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Period'].find((name) =>
      properties.has(name),
    );
    if (both) properties.complain(both, 'expected nothing beside Metrics');
    return { queries: readMetricQueries(properties) };
  }
  const statistic = properties.oneOf('Statistic', STATISTICS);
  const extended = properties.text('ExtendedStatistic');
  if (properties.has('Statistic') === properties.has('ExtendedStatistic'))
    properties.complain('Statistic', 'expected either Statistic or ExtendedStatistic');
  const periodSeconds = readPeriod(properties);
  if (!properties.has('Period')) properties.complain('Period', 'expected a number of seconds, found nothing');
  const longest = longestEvaluation(periodSeconds ?? 60);
  if ((periodSeconds ?? 0) * evaluationPeriods > longest)
    properties.complain('EvaluationPeriods', `expected at most ${longest} seconds with Period`);
  return {
    source: {
      metric: readMetric(properties),
      stat: statistic ?? extended ?? 'Sum',
      periodSeconds: periodSeconds ?? 60,
      ...readUnit(properties),
    },
  };
}

function readComparison(properties: Properties): MetricAlarmModel['comparison'] {
  if (!properties.has('ComparisonOperator'))
    properties.complain('ComparisonOperator', `expected ${COMPARISONS.join(' or ')}, found nothing`);
  return properties.oneOf('ComparisonOperator', COMPARISONS) ?? 'GreaterThanThreshold';
}

function readThreshold(properties: Properties): number {
  if (!properties.has('Threshold')) properties.complain('Threshold', 'expected a number, found nothing');
  return properties.number('Threshold') ?? 0;
}
