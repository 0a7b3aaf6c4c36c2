import { datapointsToAlarmOf, type MetricAlarmModel, missingDataOf } from '../../../aws/alarm.ts';
import type { Place } from '../../../aws/arn.ts';
import type { ServiceMessage } from '../../../aws/delivery.ts';
import type { MetricQuery, MetricSource } from '../../../aws/metric.ts';
import { SIMPLE_STATISTICS } from '../statistics.ts';
import type { StateChange } from './alarm-record.ts';
import { longTime } from './metric-alarm.ts';

/**
 * Words a notification as CloudWatch sends it to a topic (LocalStack's record, test_cloudwatch.snapshot.json, test_breaching_alarm_actions): a
 * subject for people and JSON for programs.
 */
export function notificationOf({ alarm, oldState, trigger }: StateChange, place: Place): ServiceMessage {
  const { model, state } = alarm;
  const { actions } = model;
  const region = REGION_NAMES.get(place.region) ?? place.region;
  const message = {
    AlarmName: model.name,
    AlarmDescription: model.description ?? null,
    AWSAccountId: place.accountId,
    AlarmConfigurationUpdatedTimestamp: longTime(alarm.configuredAtMs),
    NewStateValue: state,
    NewStateReason: alarm.reason,
    StateChangeTime: longTime(alarm.transitionedAtMs),
    Region: region,
    AlarmArn: model.arn,
    OldStateValue: oldState,
    OKActions: actions.on.OK,
    AlarmActions: actions.on.ALARM,
    InsufficientDataActions: actions.on.INSUFFICIENT_DATA,
    ...(model.kind === 'metric'
      ? { Trigger: triggerOf(model) }
      : {
          AlarmRule: model.rule,
          TriggeringChildren: trigger
            ? [
                {
                  Arn: trigger.model.arn,
                  State: { Value: trigger.state, Timestamp: longTime(trigger.transitionedAtMs) },
                },
              ]
            : [],
        }),
  };
  return {
    subject: `${state}: "${model.name}" in ${region}`.slice(0, 100),
    body: JSON.stringify(message),
  };
}

function triggerOf(model: MetricAlarmModel) {
  const { watched } = model;
  return {
    ...('source' in watched ? watchedMetric(watched.source) : { Metrics: watched.queries.map(watchedQuery) }),
    EvaluationPeriods: model.evaluationPeriods,
    DatapointsToAlarm: datapointsToAlarmOf(model),
    ComparisonOperator: model.comparison,
    Threshold: model.threshold,
    TreatMissingData: missingDataOf(model),
    EvaluateLowSampleCountPercentile: model.ignoresLowSampleCount ? 'ignore' : '',
  };
}

function watchedMetric({ metric, stat, periodSeconds, unit }: MetricSource) {
  const isSimple = SIMPLE_STATISTICS.includes(stat);
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    StatisticType: isSimple ? 'Statistic' : 'ExtendedStatistic',
    ...(isSimple ? { Statistic: simpleName(stat) } : { ExtendedStatistic: stat }),
    Unit: unit ?? null,
    Dimensions: dimensionsOf(metric.dimensions),
    Period: periodSeconds,
  };
}

function watchedQuery(query: MetricQuery) {
  const base = {
    Id: query.id,
    ...(query.label !== undefined && { Label: query.label }),
    ReturnData: query.returnsData,
  };
  if ('expression' in query) return { Expression: query.expression, ...base };
  const { metric, stat, periodSeconds } = query.source;
  return {
    ...base,
    MetricStat: {
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: dimensionsOf(metric.dimensions),
      },
      Period: periodSeconds,
      Stat: stat,
    },
  };
}

function dimensionsOf(dimensions: MetricSource['metric']['dimensions']) {
  return dimensions.map(({ name, value }) => ({ value, name }));
}

/** `SUM`, `SAMPLE_COUNT`. */
function simpleName(stat: string): string {
  return stat.replace(/(?<=[a-z])(?=[A-Z])/, '_').toUpperCase();
}

/** Names of Regions in CloudWatch's notifications (AWS General Reference, "CloudWatch endpoints"); where EU was, it stays. */
const REGION_NAMES = new Map([
  ['af-south-1', 'Africa (Cape Town)'],
  ['ap-east-1', 'Asia Pacific (Hong Kong)'],
  ['ap-northeast-1', 'Asia Pacific (Tokyo)'],
  ['ap-northeast-2', 'Asia Pacific (Seoul)'],
  ['ap-northeast-3', 'Asia Pacific (Osaka)'],
  ['ap-south-1', 'Asia Pacific (Mumbai)'],
  ['ap-southeast-1', 'Asia Pacific (Singapore)'],
  ['ap-southeast-2', 'Asia Pacific (Sydney)'],
  ['ca-central-1', 'Canada (Central)'],
  ['eu-central-1', 'EU (Frankfurt)'],
  ['eu-north-1', 'EU (Stockholm)'],
  ['eu-south-1', 'EU (Milan)'],
  ['eu-west-1', 'EU (Ireland)'],
  ['eu-west-2', 'EU (London)'],
  ['eu-west-3', 'EU (Paris)'],
  ['sa-east-1', 'South America (Sao Paulo)'],
  ['us-east-1', 'US East (N. Virginia)'],
  ['us-east-2', 'US East (Ohio)'],
  ['us-west-1', 'US West (N. California)'],
  ['us-west-2', 'US West (Oregon)'],
]);
