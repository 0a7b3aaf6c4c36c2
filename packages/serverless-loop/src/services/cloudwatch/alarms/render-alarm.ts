import type { MetricAlarmModel } from '../../../aws/alarm.ts';
import type { MetricQuery, MetricSource } from '../../../aws/metric.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { renderDimensions, renderMetric } from '../parse-metric.ts';
import { SIMPLE_STATISTICS } from '../statistics.ts';
import type { AlarmRecord } from './alarm-book.ts';

/** A member of DescribeAlarms' MetricAlarms or CompositeAlarms. */
export function renderAlarm(record: AlarmRecord): JsonObject {
  const { model } = record;
  return {
    AlarmName: model.name,
    AlarmArn: model.arn,
    ...(model.description !== undefined && { AlarmDescription: model.description }),
    AlarmConfigurationUpdatedTimestamp: record.configuredAtMs / 1000,
    ActionsEnabled: model.actions.areEnabled,
    OKActions: model.actions.on.OK,
    AlarmActions: model.actions.on.ALARM,
    InsufficientDataActions: model.actions.on.INSUFFICIENT_DATA,
    StateValue: record.state,
    StateReason: record.reason,
    ...(record.reasonData !== undefined && { StateReasonData: record.reasonData }),
    StateUpdatedTimestamp: record.stateUpdatedAtMs / 1000,
    StateTransitionedTimestamp: record.transitionedAtMs / 1000,
    ...(model.kind === 'composite' ? { AlarmRule: model.rule } : renderConfiguration(model)),
  };
}

function renderConfiguration(model: MetricAlarmModel): JsonObject {
  const { watched } = model;
  return {
    ...('source' in watched ? renderWatched(watched.source) : { Metrics: watched.queries.map(renderQuery) }),
    EvaluationPeriods: model.evaluationPeriods,
    ...(model.datapointsToAlarm !== undefined && { DatapointsToAlarm: model.datapointsToAlarm }),
    Threshold: model.threshold,
    ComparisonOperator: model.comparison,
    ...(model.missingData !== undefined && { TreatMissingData: model.missingData }),
    ...(model.ignoresLowSampleCount && { EvaluateLowSampleCountPercentile: 'ignore' }),
  };
}

function renderWatched({ metric, stat, periodSeconds, unit }: MetricSource): JsonObject {
  return {
    ...renderMetric(metric),
    [SIMPLE_STATISTICS.includes(stat) ? 'Statistic' : 'ExtendedStatistic']: stat,
    Period: periodSeconds,
    ...(unit && { Unit: unit }),
  };
}

function renderQuery(query: MetricQuery): JsonObject {
  return {
    Id: query.id,
    ...(query.label !== undefined && { Label: query.label }),
    ReturnData: query.returnsData,
    ...('source' in query
      ? { MetricStat: renderStat(query.source) }
      : {
          Expression: query.expression,
          ...(query.periodSeconds !== undefined && { Period: query.periodSeconds }),
        }),
  };
}

function renderStat({ metric, stat, periodSeconds, unit }: MetricSource): JsonObject {
  const { namespace, name, dimensions } = metric;
  return {
    Metric: { Namespace: namespace, MetricName: name, Dimensions: renderDimensions(dimensions) },
    Period: periodSeconds,
    Stat: stat,
    ...(unit && { Unit: unit }),
  };
}
