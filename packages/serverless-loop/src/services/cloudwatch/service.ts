import { formatArn, type Place } from '../../aws/arn.ts';
import type { JsonObject, JsonOperation, JsonService, Need } from '../../aws/operation.ts';
import type { AlarmBook } from './alarms/alarm-book.ts';
import type { AlarmTags } from './alarms/alarm-tags.ts';
import { deleteAlarms, setAlarmActions, setAlarmState } from './alarms/change-alarms.ts';
import { describeAlarmHistory, describeAlarms, describeAlarmsForMetric } from './alarms/describe-alarms.ts';
import { parseCompositeAlarm, parseMetricAlarm } from './alarms/parse-alarm.ts';
import {
  type Dashboards,
  deleteDashboards,
  getDashboard,
  listDashboards,
  putDashboard,
} from './dashboards.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import type { MetricStore } from './metric-store.ts';
import { putMetricData } from './put-metric-data.ts';

export interface CloudWatchServiceOptions {
  place: Place;
  store: MetricStore;
  book: AlarmBook;
  tags: AlarmTags;
  dashboards: Dashboards;
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
    operations: {
      ...onEverything(options),
      ...onAlarms(options),
      ...onTags(options),
      ...onDashboards(options),
    },
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

function onAlarms({ place, book, tags }: CloudWatchServiceOptions): Record<string, JsonOperation> {
  const alarmArn = (name: string) => formatArn(place, 'cloudwatch', `alarm:${name}`);
  const named = ({ AlarmName, AlarmNames }: JsonObject): string[] => {
    const names: unknown[] = Array.isArray(AlarmNames) ? AlarmNames : [AlarmName];
    return names.map((name) => alarmArn(typeof name === 'string' ? name : '*'));
  };
  return operationsOf(named, {
    PutMetricAlarm: (input) => put(book, tags, parseMetricAlarm(input, place), input),
    PutCompositeAlarm: (input) => put(book, tags, parseCompositeAlarm(input, place), input),
    DeleteAlarms: (input) => deleteAlarms(book, input),
    DescribeAlarms: (input) => describeAlarms(book, input),
    DescribeAlarmHistory: (input) => describeAlarmHistory(book, input),
    SetAlarmState: (input) => setAlarmState(book, input),
    EnableAlarmActions: (input) => setAlarmActions(book, input, true),
    DisableAlarmActions: (input) => setAlarmActions(book, input, false),
  });
}

function onTags({ tags }: CloudWatchServiceOptions): Record<string, JsonOperation> {
  const named = ({ ResourceARN }: JsonObject) => [typeof ResourceARN === 'string' ? ResourceARN : '*'];
  return operationsOf(named, {
    ListTagsForResource: (input) => tags.list(input),
    TagResource: (input) => tags.tag(input),
    UntagResource: (input) => tags.untag(input),
  });
}

function onDashboards({ place, dashboards, now }: CloudWatchServiceOptions): Record<string, JsonOperation> {
  const named = ({ DashboardName, DashboardNames }: JsonObject): string[] => {
    const names: unknown[] = Array.isArray(DashboardNames) ? DashboardNames : [DashboardName];
    return names.map((name) =>
      formatArn({ ...place, region: '' }, 'cloudwatch', `dashboard/${typeof name === 'string' ? name : '*'}`),
    );
  };
  return operationsOf(named, {
    PutDashboard: (input) => putDashboard(dashboards, input, now()),
    DeleteDashboards: (input) => deleteDashboards(dashboards, input),
    GetDashboard: (input) => getDashboard(dashboards, input, place),
    ListDashboards: (input) => listDashboards(dashboards, input, place),
  });
}

function put(
  book: AlarmBook,
  tags: AlarmTags,
  model: Parameters<AlarmBook['put']>[0],
  input: JsonObject,
): JsonObject {
  if (!book.find(model.name)) tags.begin(model.arn, input);
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
