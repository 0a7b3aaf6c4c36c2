import type { CompositeAlarmModel, MetricAlarmModel } from '../../../src/aws/alarm.ts';
import type { Metric } from '../../../src/aws/metric.ts';

export const metric: Metric = { namespace: 'Parcels', name: 'Lost', dimensions: [] };

const arnOf = (name: string) => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`;

export function metricAlarm(overrides: Partial<MetricAlarmModel> = {}): MetricAlarmModel {
  const name = overrides.name ?? 'lost';
  return {
    kind: 'metric',
    name,
    arn: arnOf(name),
    actions: { areEnabled: true, on: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] } },
    watched: { source: { metric, stat: 'Sum', periodSeconds: 60 } },
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'missing',
    ignoresLowSampleCount: false,
    ...overrides,
  };
}

export function compositeAlarm(name: string, rule: string): CompositeAlarmModel {
  return {
    kind: 'composite',
    name,
    arn: arnOf(name),
    actions: { areEnabled: true, on: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] } },
    rule,
  };
}
