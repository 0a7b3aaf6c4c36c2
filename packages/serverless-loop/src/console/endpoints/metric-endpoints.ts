import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { document, list, required, text } from '../../aws/members.ts';
import { allPages } from '../all-pages.ts';
import { endpoint } from '../context.ts';
import { invalid } from '../invalid.ts';

const HOUR_MS = 3_600_000;
const SERVICE = 'monitoring';

export const METRIC_ENDPOINTS = {
  'GET /_loop/metrics': endpoint({
    purpose: 'the metrics, the functions’ own and AWS’s',
    input: { namespace: text({ min: 1 }) },
    async answer({ namespace }, { call }, { signal }) {
      const input = namespace === undefined ? {} : { Namespace: namespace };
      const asked = { service: SERVICE, operation: 'ListMetrics', input, list: 'Metrics' };
      const metrics = await allPages(call, asked, signal);
      return {
        metrics: metrics.map(({ Namespace, MetricName, Dimensions }) => ({
          namespace: Namespace,
          name: MetricName,
          dimensions: dimensionsOf(Dimensions),
        })),
      };
    },
  }),
  'POST /_loop/metrics/query': endpoint({
    purpose:
      'series of metrics, by the MetricDataQueries of GetMetricData; of the last hour, where no times are told',
    input: { queries: required(list(document(), { min: 1, max: 500 })), from: text(), to: text() },
    async answer({ queries, from, to }, { call, time }, { signal }) {
      const endMs = to === undefined ? Date.parse(time.state().now) : timeOf('to', to);
      const input = {
        MetricDataQueries: queries,
        StartTime: (from === undefined ? endMs - HOUR_MS : timeOf('from', from)) / 1000,
        EndTime: endMs / 1000,
        ScanBy: 'TimestampAscending',
      };
      const asked = { service: SERVICE, operation: 'GetMetricData', input, list: 'MetricDataResults' };
      return { series: (await allPages(call, asked, signal)).map(seriesOf) };
    },
  }),
  'GET /_loop/alarms': endpoint({
    purpose: 'the alarms, with their states and why they are in them',
    input: {},
    async answer(_input, { call, stack }, { signal }) {
      const described = { service: SERVICE, operation: 'DescribeAlarms' };
      const [metric, composite] = await Promise.all([
        allPages(call, { ...described, list: 'MetricAlarms' }, signal),
        allPages(
          call,
          { ...described, input: { AlarmTypes: ['CompositeAlarm'] }, list: 'CompositeAlarms' },
          signal,
        ),
      ]);
      const idOf = new Map(stack().alarms.map(({ name, logicalId }) => [name, logicalId]));
      return {
        alarms: [...metric, ...composite].map((alarm) => ({
          ...shownAlarm(alarm),
          logicalId: idOf.get(String(alarm.AlarmName)) ?? '',
        })),
      };
    },
  }),
  'GET /_loop/dashboards': endpoint({
    purpose: 'the dashboards, with their bodies as CloudWatch has them',
    input: {},
    async answer(_input, { call, stack }, { signal }) {
      const asked = { service: SERVICE, operation: 'ListDashboards', list: 'DashboardEntries' };
      const names = (await allPages(call, asked, signal)).map(({ DashboardName }) => String(DashboardName));
      const dashboards = names.map(async (name) => {
        const { DashboardBody } = await call(SERVICE, 'GetDashboard', { DashboardName: name }, signal);
        const declared = stack().dashboards.find((dashboard) => dashboard.name === name);
        return { name, logicalId: declared?.logicalId ?? '', body: parsed(DashboardBody) };
      });
      return { dashboards: await Promise.all(dashboards) };
    },
  }),
};

function seriesOf({ Id, Label, Timestamps, Values }: JsonObject) {
  const values: unknown[] = Array.isArray(Values) ? Values : [];
  const times: unknown[] = Array.isArray(Timestamps) ? Timestamps : [];
  const points = times.map((time, at) => ({ time: isoOf(time), value: values[at] }));
  return { id: Id, label: Label, points };
}

function shownAlarm(alarm: JsonObject) {
  const { AlarmName, StateValue, StateReason, StateUpdatedTimestamp, AlarmDescription } = alarm;
  return {
    name: AlarmName,
    state: StateValue,
    reason: StateReason,
    changedAt: isoOf(StateUpdatedTimestamp),
    ...(AlarmDescription !== undefined && { description: AlarmDescription }),
    condition: conditionOf(alarm),
    definition: alarm,
  };
}

const SIGNS: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

/** `Sum of Errors >= 1 for 1 of 5 periods of 60 s` */
function conditionOf(alarm: JsonObject): string {
  if (alarm.AlarmRule !== undefined) return String(alarm.AlarmRule);
  const { Statistic, ExtendedStatistic, MetricName, Threshold, Period, EvaluationPeriods } = alarm;
  const watched =
    MetricName === undefined ? 'an expression' : `${Statistic ?? ExtendedStatistic} of ${MetricName}`;
  const sign = SIGNS[String(alarm.ComparisonOperator)] ?? alarm.ComparisonOperator;
  const needed = alarm.DatapointsToAlarm ?? EvaluationPeriods;
  const periods = Period === undefined ? 'periods' : `periods of ${Period} s`;
  return `${watched} ${sign} ${Threshold} for ${needed} of ${EvaluationPeriods} ${periods}`;
}

function dimensionsOf(dimensions: unknown): Record<string, unknown> {
  const all = Array.isArray(dimensions) ? dimensions.filter(isObject) : [];
  return Object.fromEntries(all.map(({ Name, Value }) => [Name, Value]));
}

function timeOf(member: string, given: string): number {
  const ms = Date.parse(given);
  if (Number.isNaN(ms)) throw invalid(`${member} is a time such as 2026-01-31T12:00:00Z, found "${given}".`);
  return ms;
}

function isoOf(time: unknown): string {
  return typeof time === 'number' ? new Date(time).toISOString() : String(time ?? '');
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return body;
  }
}
