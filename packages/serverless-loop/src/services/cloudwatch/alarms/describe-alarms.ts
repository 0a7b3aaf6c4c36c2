import type { Read } from '../../../aws/members.ts';
import type { Metric } from '../../../aws/metric.ts';
import { pageOf } from '../../../aws/page.ts';
import { invalidCombination, invalidToken } from '../cloudwatch-error.ts';
import { parseMetric, parsePeriod } from '../parse-metric.ts';
import type { AlarmBook } from './alarm-book.ts';
import type { AlarmRecord } from './alarm-record.ts';
import { type ALARM_FILTER, ALARM_TYPES, type HISTORY_FILTER, type WATCHED_METRIC } from './alarm-shapes.ts';
import { sourcesOf } from './metric-alarm.ts';
import { renderAlarm } from './render-alarm.ts';

/** Metric alarms only, unless AlarmTypes says otherwise. */
export function describeAlarms(book: AlarmBook, input: Read<typeof ALARM_FILTER>) {
  const { AlarmNames: names = [], AlarmNamePrefix: prefix, StateValue: state, ActionPrefix: action } = input;
  if (names.length > 0 && prefix !== undefined)
    throw invalidCombination('The parameters AlarmNames and AlarmNamePrefix are mutually exclusive.');
  const types = alarmTypes(input);
  const wanted = related(book, input)
    .filter((record) => types.includes(typeOf(record)))
    .filter(({ model }) => names.length === 0 || names.includes(model.name))
    .filter(({ model }) => model.name.startsWith(prefix ?? ''))
    .filter((record) => state === undefined || record.state === state)
    .filter(
      ({ model }) =>
        action === undefined ||
        Object.values(model.actions.on)
          .flat()
          .some((arn) => arn.startsWith(action)),
    );
  const { items, nextToken } = pageOf(wanted, {
    list: 'DescribeAlarms',
    limit: input.MaxRecords ?? 50,
    token: input.NextToken,
    keyOf: ({ model }) => model.name,
    refusal: invalidToken,
  });
  const rendered = (type: string) => items.filter((record) => typeOf(record) === type).map(renderAlarm);
  return {
    MetricAlarms: rendered('MetricAlarm'),
    CompositeAlarms: rendered('CompositeAlarm'),
    NextToken: nextToken,
  };
}

/** Those that watch just this metric, no expression. */
export function describeAlarmsForMetric(book: AlarmBook, input: Read<typeof WATCHED_METRIC>) {
  const metric = parseMetric(input);
  const { Statistic, ExtendedStatistic, Period, Unit: unit } = input;
  const stat = Statistic ?? ExtendedStatistic;
  const periodSeconds = Period === undefined ? undefined : parsePeriod(Period);
  const found = book.list().filter(({ model }) => {
    if (model.kind !== 'metric' || !('source' in model.watched)) return false;
    return sourcesOf(model).some(
      (source) =>
        isSame(source.metric, metric) &&
        (stat ?? source.stat) === source.stat &&
        (periodSeconds ?? source.periodSeconds) === source.periodSeconds &&
        (unit ?? source.unit) === source.unit,
    );
  });
  return { MetricAlarms: found.map(renderAlarm) };
}

/** Of metric alarms only, unless AlarmTypes says otherwise or an alarm is named. */
export function describeAlarmHistory(book: AlarmBook, input: Read<typeof HISTORY_FILTER>) {
  const { AlarmName: name, HistoryItemType: itemType } = input;
  const { StartDate: fromMs = Number.NEGATIVE_INFINITY, EndDate: toMs = Number.POSITIVE_INFINITY } = input;
  const types: readonly string[] =
    input.AlarmTypes === undefined && name !== undefined ? ALARM_TYPES : alarmTypes(input);
  const oldestFirst = input.ScanBy === 'TimestampAscending';
  const wanted = book.history
    .items()
    .filter((item) => (name ?? item.alarmName) === item.alarmName && types.includes(item.alarmType))
    .filter((item) => (itemType ?? item.type) === item.type && item.atMs >= fromMs && item.atMs <= toMs);
  const { items, nextToken } = pageOf(oldestFirst ? wanted : wanted.toReversed(), {
    list: 'DescribeAlarmHistory',
    limit: input.MaxRecords ?? 100,
    token: input.NextToken,
    refusal: invalidToken,
  });
  return {
    AlarmHistoryItems: items.map((item) => ({
      AlarmName: item.alarmName,
      AlarmType: item.alarmType,
      Timestamp: item.atMs,
      HistoryItemType: item.type,
      HistorySummary: item.summary,
      HistoryData: item.data.slice(0, 4095),
    })),
    NextToken: nextToken,
  };
}

function related(book: AlarmBook, input: Read<typeof ALARM_FILTER>): AlarmRecord[] {
  const { ChildrenOfAlarmName: parent, ParentsOfAlarmName: child } = input;
  if (parent !== undefined) {
    const record = book.find(parent);
    return record ? book.childrenOf(record) : [];
  }
  if (child === undefined) return book.list();
  return book.list().filter((record) => book.childrenOf(record).some(({ model }) => model.name === child));
}

/** Children and parents may be of any type. */
function alarmTypes({
  AlarmTypes: asked = [],
  ChildrenOfAlarmName,
  ParentsOfAlarmName,
}: Pick<
  Read<typeof ALARM_FILTER>,
  'AlarmTypes' | 'ChildrenOfAlarmName' | 'ParentsOfAlarmName'
>): readonly string[] {
  if (asked.length > 0) return asked;
  const isRelated = ChildrenOfAlarmName !== undefined || ParentsOfAlarmName !== undefined;
  return isRelated ? ALARM_TYPES : ['MetricAlarm'];
}

function typeOf({ model }: AlarmRecord): 'MetricAlarm' | 'CompositeAlarm' {
  return model.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
}

function isSame(one: Metric, other: Metric): boolean {
  const key = ({ namespace, name, dimensions }: Metric) =>
    JSON.stringify([namespace, name, dimensions.map((it) => `${it.name}=${it.value}`).sort()]);
  return key(one) === key(other);
}
