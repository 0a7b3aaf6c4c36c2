import { formatArn, type Place } from '../aws/arn.ts';
import type { JsonObject, JsonOperation, JsonService, Need } from '../aws/operation.ts';
import type { AlarmBook } from './alarms/alarm-book.ts';
import { deleteAlarms, setAlarmActions, setAlarmState } from './alarms/change-alarms.ts';
import { describeAlarmHistory, describeAlarms, describeAlarmsForMetric } from './alarms/describe-alarms.ts';
import { parseCompositeAlarm, parseMetricAlarm } from './alarms/parse-alarm.ts';
import { type Dashboard, getDashboard, listDashboards } from './dashboards.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import type { MetricStore } from './metric-store.ts';
import { putMetricData } from './put-metric-data.ts';

export interface CloudWatchServiceOptions {
  place: Place;
  store: MetricStore;
  book: AlarmBook;
  dashboards: () => readonly Dashboard[];
  /** When the dashboards were made. */
  sinceMs: number;
  now: () => number;
}

/** Members that are time stamps. */
export function isTime(member: string): boolean {
  return /^(Timestamps?|LastModified|.+Timestamp)$/.test(member);
}

type Handle = (input: JsonObject) => JsonObject;

/** The operations of CloudWatch (CloudWatch API reference), loaded when the first is called. */
export function cloudWatchService(options: CloudWatchServiceOptions): JsonService {
  return {
    targetPrefix: 'GraniteServiceVersion20100801',
    jsonVersion: '1.0',
    signingName: 'monitoring',
    errorNamespace: 'com.amazonaws.cloudwatch',
    isTime,
    operations: { ...onEverything(options), ...onAlarms(options), ...onDashboards(options) },
  };
}

/** Without a resource (Service Authorization Reference, "Amazon CloudWatch"). */
function onEverything({ place, store, book, now }: CloudWatchServiceOptions): Record<string, JsonOperation> {
  return operationsOf(() => ['*'], {
    PutMetricData: (input) => putMetricData(store, input, now()),
    GetMetricData: (input) => getMetricData(store, input),
    GetMetricStatistics: (input) => getMetricStatistics(store, input),
    ListMetrics: (input) => listMetrics(store, input, { nowMs: now(), accountId: place.accountId }),
    DescribeAlarmsForMetric: (input) => describeAlarmsForMetric(book, input),
  });
}

function onAlarms({ place, book }: CloudWatchServiceOptions): Record<string, JsonOperation> {
  const alarmArn = (name: string) => formatArn(place, 'cloudwatch', `alarm:${name}`);
  const named = ({ AlarmName, AlarmNames }: JsonObject): string[] => {
    const names: unknown[] = Array.isArray(AlarmNames) ? AlarmNames : [AlarmName];
    return names.map((name) => alarmArn(typeof name === 'string' ? name : '*'));
  };
  return operationsOf(named, {
    PutMetricAlarm: (input) => put(book, parseMetricAlarm(input, place)),
    PutCompositeAlarm: (input) => put(book, parseCompositeAlarm(input, place)),
    DeleteAlarms: (input) => deleteAlarms(book, input),
    DescribeAlarms: (input) => describeAlarms(book, input),
    DescribeAlarmHistory: (input) => describeAlarmHistory(book, input),
    SetAlarmState: (input) => setAlarmState(book, input),
    EnableAlarmActions: (input) => setAlarmActions(book, input, true),
    DisableAlarmActions: (input) => setAlarmActions(book, input, false),
  });
}

function onDashboards({
  place,
  dashboards,
  sinceMs,
}: CloudWatchServiceOptions): Record<string, JsonOperation> {
  const named = ({ DashboardName }: JsonObject) => [
    formatArn(
      { ...place, region: '' },
      'cloudwatch',
      `dashboard/${typeof DashboardName === 'string' ? DashboardName : '*'}`,
    ),
  ];
  return operationsOf(named, {
    GetDashboard: (input) => getDashboard(dashboards(), input, place),
    ListDashboards: (input) => listDashboards(dashboards(), input, { place, sinceMs }),
  });
}

function put(book: AlarmBook, model: Parameters<AlarmBook['put']>[0]): JsonObject {
  book.put(model);
  return {};
}

function operationsOf(
  resources: (input: JsonObject) => string[],
  handles: Record<string, Handle>,
): Record<string, JsonOperation> {
  return Object.fromEntries(
    Object.entries(handles).map(([name, handle]) => {
      const needs = (input: JsonObject): Need[] =>
        resources(input).map((resource) => ({ action: `cloudwatch:${name}`, resource }));
      return [name, { handle, needs }];
    }),
  );
}
