import { formatArn } from '../../../aws/arn.ts';
import { list, structure, text, timestamp } from '../../../aws/members.ts';
import { type CloudWatchContext, operation } from '../context.ts';
import { COMPOSITE_ALARM, METRIC_ALARM, NEXT } from '../shapes.ts';
import type { AlarmBook } from './alarm-book.ts';
import {
  ALARM_FILTER,
  ALARM_STATE,
  HISTORY_FILTER,
  NAMED_ALARMS,
  NEW_COMPOSITE_ALARM,
  NEW_METRIC_ALARM,
  WATCHED_METRIC,
} from './alarm-shapes.ts';
import type { Tag } from './alarm-tags.ts';
import { deleteAlarms, setAlarmActions, setAlarmState } from './change-alarms.ts';
import { describeAlarmHistory, describeAlarms, describeAlarmsForMetric } from './describe-alarms.ts';
import { parseCompositeAlarm, parseMetricAlarm } from './parse-alarm.ts';

const HISTORY_ITEM = {
  AlarmName: text(),
  AlarmType: text(),
  Timestamp: timestamp(),
  HistoryItemType: text(),
  HistorySummary: text(),
  HistoryData: text(),
} as const;

export const ALARM_OPERATIONS = {
  PutMetricAlarm: operation({
    input: NEW_METRIC_ALARM,
    needs: alarmArns,
    handle(input, context) {
      put(parseMetricAlarm(input, context.place), input, context);
      return {};
    },
  }),
  PutCompositeAlarm: operation({
    input: NEW_COMPOSITE_ALARM,
    needs: alarmArns,
    handle(input, context) {
      put(parseCompositeAlarm(input, context.place), input, context);
      return {};
    },
  }),
  DeleteAlarms: operation({
    input: NAMED_ALARMS,
    needs: alarmArns,
    handle({ AlarmNames }, { book }) {
      deleteAlarms(book, AlarmNames);
      return {};
    },
  }),
  DescribeAlarms: operation({
    input: ALARM_FILTER,
    output: {
      MetricAlarms: list(structure(METRIC_ALARM)),
      CompositeAlarms: list(structure(COMPOSITE_ALARM)),
      ...NEXT,
    },
    needs: alarmArns,
    handle: (input, { book }) => describeAlarms(book, input),
  }),
  // Knows no resource (Service Authorization Reference, "Amazon CloudWatch").
  DescribeAlarmsForMetric: operation({
    input: WATCHED_METRIC,
    output: { MetricAlarms: list(structure(METRIC_ALARM)) },
    needs: () => ['*'],
    handle: (input, { book }) => describeAlarmsForMetric(book, input),
  }),
  DescribeAlarmHistory: operation({
    input: HISTORY_FILTER,
    output: { AlarmHistoryItems: list(structure(HISTORY_ITEM)), ...NEXT },
    needs: alarmArns,
    handle: (input, { book }) => describeAlarmHistory(book, input),
  }),
  SetAlarmState: operation({
    input: ALARM_STATE,
    needs: alarmArns,
    handle(input, { book }) {
      setAlarmState(book, input);
      return {};
    },
  }),
  EnableAlarmActions: operation({
    input: NAMED_ALARMS,
    needs: alarmArns,
    handle({ AlarmNames }, { book }) {
      setAlarmActions(book, AlarmNames, true);
      return {};
    },
  }),
  DisableAlarmActions: operation({
    input: NAMED_ALARMS,
    needs: alarmArns,
    handle({ AlarmNames }, { book }) {
      setAlarmActions(book, AlarmNames, false);
      return {};
    },
  }),
};

function alarmArns(
  { AlarmName = '*', AlarmNames = [] }: { AlarmName?: string; AlarmNames?: string[] },
  { place }: CloudWatchContext,
): string[] {
  const names = AlarmNames.length > 0 ? AlarmNames : [AlarmName];
  return names.map((name) => formatArn(place, 'cloudwatch', `alarm:${name}`));
}

/** Tags count for a new alarm alone (API reference, "PutMetricAlarm", Tags). */
function put(
  model: Parameters<AlarmBook['put']>[0],
  { Tags = [] }: { Tags?: Tag[] },
  { book, tags }: CloudWatchContext,
): void {
  if (!book.find(model.name)) tags.begin(model.arn, Tags);
  book.put(model);
}
