import type { MetricAlarmModel } from '../../../aws/alarm.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { structure } from '../../../aws/members.ts';
import type { MetricQuery, MetricSource } from '../../../aws/metric.ts';
import { JSON_FORMS, wireValues } from '../../../aws/wire-values.ts';
import { renderDimensions, renderMetric } from '../parse-metric.ts';
import { COMPOSITE_ALARM, METRIC_ALARM } from '../shapes.ts';
import { SIMPLE_STATISTICS } from '../statistics.ts';
import type { AlarmRecord } from './alarm-record.ts';

/** A member of DescribeAlarms' MetricAlarms or CompositeAlarms, its times in epoch milliseconds. */
export function renderAlarm(record: AlarmRecord) {
  const { model } = record;
  return {
    AlarmName: model.name,
    AlarmArn: model.arn,
    ...(model.description !== undefined && { AlarmDescription: model.description }),
    AlarmConfigurationUpdatedTimestamp: record.configuredAtMs,
    ActionsEnabled: model.actions.areEnabled,
    OKActions: model.actions.on.OK,
    AlarmActions: model.actions.on.ALARM,
    InsufficientDataActions: model.actions.on.INSUFFICIENT_DATA,
    StateValue: record.state,
    StateReason: record.reason,
    ...(record.reasonData !== undefined && { StateReasonData: record.reasonData }),
    StateUpdatedTimestamp: record.stateUpdatedAtMs,
    StateTransitionedTimestamp: record.transitionedAtMs,
    ...(model.kind === 'composite' ? { AlarmRule: model.rule } : renderConfiguration(model)),
  };
}

function renderConfiguration(model: MetricAlarmModel) {
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

function renderWatched({ metric, stat, periodSeconds, unit }: MetricSource) {
  return {
    ...renderMetric(metric),
    [SIMPLE_STATISTICS.includes(stat) ? 'Statistic' : 'ExtendedStatistic']: stat,
    Period: periodSeconds,
    ...(unit && { Unit: unit }),
  };
}

function renderQuery(query: MetricQuery) {
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

function renderStat({ metric, stat, periodSeconds, unit }: MetricSource) {
  const { namespace, name, dimensions } = metric;
  return {
    Metric: { Namespace: namespace, MetricName: name, Dimensions: renderDimensions(dimensions) },
    Period: periodSeconds,
    Stat: stat,
    ...(unit && { Unit: unit }),
  };
}

/** The same as JSON carries it. */
export function alarmJson(record: AlarmRecord): JsonObject {
  return wireValues(
    record.model.kind === 'metric' ? METRIC_SHAPE : COMPOSITE_SHAPE,
    renderAlarm(record),
    JSON_FORMS,
  );
}

const METRIC_SHAPE = structure(METRIC_ALARM);
const COMPOSITE_SHAPE = structure(COMPOSITE_ALARM);
