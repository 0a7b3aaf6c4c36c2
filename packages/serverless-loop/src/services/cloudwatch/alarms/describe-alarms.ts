import { ALARM_STATES } from '../../../aws/alarm.ts';
import type { Metric } from '../../../aws/metric.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { invalidCombination } from '../cloudwatch-error.ts';
import { optionalChoice, optionalInteger, optionalText, optionalTime, textList } from '../input.ts';
import { pageOf } from '../paging.ts';
import { parseMetric, parsePeriod, parseUnit } from '../parse-metric.ts';
import type { AlarmBook, AlarmRecord } from './alarm-book.ts';
import { sourcesOf } from './metric-alarm.ts';
import { renderAlarm } from './render-alarm.ts';

const TYPES = ['CompositeAlarm', 'MetricAlarm', 'LogAlarm'] as const;
const MOST_NAMES = 100;
const PAGE = { least: 1, most: 100 };

/** DescribeAlarms: metric alarms only, unless AlarmTypes says otherwise. */
export function describeAlarms(book: AlarmBook, input: JsonObject): JsonObject {
  const names = textList(input, 'AlarmNames', MOST_NAMES);
  const prefix = optionalText(input, 'AlarmNamePrefix');
  if (names.length > 0 && prefix !== undefined)
    throw invalidCombination('The parameters AlarmNames and AlarmNamePrefix are mutually exclusive.');
  const types = alarmTypes(input);
  const state = optionalChoice(input, 'StateValue', ALARM_STATES);
  const action = optionalText(input, 'ActionPrefix');
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
    )
    .toSorted((a, b) => (a.model.name < b.model.name ? -1 : 1));
  const { items, nextToken } = pageOf(
    wanted,
    optionalInteger(input, 'MaxRecords', PAGE) ?? 50,
    optionalText(input, 'NextToken'),
  );
  const rendered = (type: string) => items.filter((record) => typeOf(record) === type).map(renderAlarm);
  return {
    MetricAlarms: rendered('MetricAlarm'),
    CompositeAlarms: rendered('CompositeAlarm'),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

/** DescribeAlarmsForMetric: those that watch just this metric, no expression. */
export function describeAlarmsForMetric(book: AlarmBook, input: JsonObject): JsonObject {
  const metric = parseMetric(input);
  const stat = optionalText(input, 'Statistic') ?? optionalText(input, 'ExtendedStatistic');
  const periodSeconds = parsePeriod(input);
  const unit = parseUnit(input);
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

/** DescribeAlarmHistory: of metric alarms only, unless AlarmTypes says otherwise or an alarm is named. */
export function describeAlarmHistory(book: AlarmBook, input: JsonObject): JsonObject {
  const name = optionalText(input, 'AlarmName');
  const types = input.AlarmTypes === undefined && name !== undefined ? [...TYPES] : alarmTypes(input);
  const itemType = optionalChoice(input, 'HistoryItemType', ['ConfigurationUpdate', 'StateUpdate', 'Action']);
  const fromMs = optionalTime(input, 'StartDate') ?? Number.NEGATIVE_INFINITY;
  const toMs = optionalTime(input, 'EndDate') ?? Number.POSITIVE_INFINITY;
  const oldestFirst =
    optionalChoice(input, 'ScanBy', ['TimestampDescending', 'TimestampAscending']) === 'TimestampAscending';
  const wanted = book.history
    .items()
    .filter((item) => (name ?? item.alarmName) === item.alarmName && types.includes(item.alarmType))
    .filter((item) => (itemType ?? item.type) === item.type && item.atMs >= fromMs && item.atMs <= toMs);
  const { items, nextToken } = pageOf(
    oldestFirst ? wanted : wanted.toReversed(),
    optionalInteger(input, 'MaxRecords', PAGE) ?? 100,
    optionalText(input, 'NextToken'),
  );
  return {
    AlarmHistoryItems: items.map((item) => ({
      AlarmName: item.alarmName,
      AlarmType: item.alarmType,
      Timestamp: item.atMs / 1000,
      HistoryItemType: item.type,
      HistorySummary: item.summary,
      HistoryData: item.data.slice(0, 4095),
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

function related(book: AlarmBook, input: JsonObject): AlarmRecord[] {
  const parent = optionalText(input, 'ChildrenOfAlarmName');
  const child = optionalText(input, 'ParentsOfAlarmName');
  if (parent !== undefined) {
    const record = book.find(parent);
    return record ? book.childrenOf(record) : [];
  }
  if (child === undefined) return book.list();
  return book.list().filter((record) => book.childrenOf(record).some(({ model }) => model.name === child));
}

/** Children and parents may be of any type. */
function alarmTypes(input: JsonObject): readonly string[] {
  const asked = textList(input, 'AlarmTypes');
  for (const type of asked) optionalChoice({ AlarmTypes: type }, 'AlarmTypes', TYPES);
  if (asked.length > 0) return asked;
  const isRelated = input.ChildrenOfAlarmName !== undefined || input.ParentsOfAlarmName !== undefined;
  return isRelated ? TYPES : ['MetricAlarm'];
}

function typeOf({ model }: AlarmRecord): 'MetricAlarm' | 'CompositeAlarm' {
  return model.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
}

function isSame(one: Metric, other: Metric): boolean {
  const key = ({ namespace, name, dimensions }: Metric) =>
    JSON.stringify([namespace, name, dimensions.map((it) => `${it.name}=${it.value}`).sort()]);
  return key(one) === key(other);
}
