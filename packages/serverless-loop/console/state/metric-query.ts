import { isObject, type JsonObject } from '../../src/aws/json-object.ts';

/** A metric that the loop has. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** A query of GetMetricData (CloudWatch API reference, "MetricDataQuery"). */
export interface MetricDataQuery {
  Id: string;
  Label?: string;
  Expression?: string;
  Period?: number;
  ReturnData?: boolean;
  MetricStat?: {
    Metric: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] };
    Period: number;
    Stat: string;
  };
}

/** A chart: some series over the same time. */
export interface Chart {
  title: string;
  stat: string;
  queries: MetricDataQuery[];
}

/** A name of what is measured in each moment, or lasts: a sum of it means nothing. */
const MEASURED = /duration|time|latency|age|size|depth|messages|concurrent|count of/i;

/** A chart for each metric by its name, with a series for each set of dimensions. */
export function chartsOf(
  metrics: readonly Metric[],
  periodSeconds: number,
  nameOf: (name: string) => string,
): Chart[] {
  const byName = Map.groupBy(metrics.toSorted(byRank), ({ namespace, name }) => `${namespace} ${name}`);
  return [...byName.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const stat = MEASURED.test(first.name) ? 'Maximum' : 'Sum';
    return [
      {
        title: first.name,
        stat: `${stat}, ${first.namespace}`,
        queries: finest(same).map((metric, at, all) => ({
          Id: `m${at}`,
          Label: labelOf(metric, all, nameOf),
          MetricStat: {
            Metric: {
              Namespace: metric.namespace,
              MetricName: metric.name,
              Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: periodSeconds,
            Stat: stat,
          },
        })),
      },
    ];
  });
}

/** The values that tell it from the others of its name; all of them where it is alone. */
function labelOf(metric: Metric, all: readonly Metric[], nameOf: (name: string) => string): string {
  const entries = Object.entries(metric.dimensions);
  const own = entries.filter(([name, value]) => all.some(({ dimensions }) => dimensions[name] !== value));
  return (own.length > 0 ? own : entries).map(([, value]) => nameOf(value)).join(' ') || metric.name;
}

/** Those that people look at first; then what the functions measure themselves. */
const FIRST = [
  'Invocations',
  'Errors',
  'Throttles',
  'Duration',
  'ApproximateNumberOfMessagesVisible',
  'ApproximateAgeOfOldestMessage',
];

function byRank(one: Metric, other: Metric): number {
  return (
    rankOf(one) - rankOf(other) ||
    one.namespace.localeCompare(other.namespace) ||
    one.name.localeCompare(other.name)
  );
}

function rankOf({ namespace, name }: Metric): number {
  const place = FIRST.indexOf(name);
  if (place >= 0) return place;
  return namespace.startsWith('AWS/') ? FIRST.length + 1 : FIRST.length;
}

/** Those with the fewest dimensions: the others are parts of them, told twice. */
function finest(metrics: readonly Metric[]): Metric[] {
  const sizes = metrics.map(({ dimensions }) => Object.keys(dimensions).length).filter((size) => size > 0);
  const least = sizes.length === 0 ? 0 : Math.min(...sizes);
  return metrics.filter(({ dimensions }) => Object.keys(dimensions).length === least);
}

/** A part of a dashboard that can be drawn, or what it is instead. */
export type Widget = { columns: number } & (
  | { kind: 'chart'; chart: Chart }
  | { kind: 'alarms'; title: string; arns: string[] }
  | { kind: 'text'; text: string }
  | { kind: 'other'; type: string }
);

/** A dashboard has so many columns, and a widget a quarter of them unless it says (CloudWatch API reference, "Dashboard body structure"). */
const COLUMNS = 24;
const USUAL_COLUMNS = 6;

/** Reads the body of a dashboard. */
export function widgetsOf(body: JsonObject, nowPeriod: number): Widget[] {
  const widgets = Array.isArray(body.widgets) ? body.widgets : [];
  return widgets.filter(isObject).map((widget): Widget => {
    const properties = isObject(widget.properties) ? widget.properties : {};
    const columns =
      typeof widget.width === 'number' ? Math.min(COLUMNS, Math.max(1, widget.width)) : USUAL_COLUMNS;
    switch (widget.type) {
      case 'metric':
        return { columns, kind: 'chart', chart: chartOfWidget(properties, nowPeriod) };
      case 'alarm':
        return { columns, kind: 'alarms', title: textOf(properties.title), arns: textsOf(properties.alarms) };
      case 'text':
        return { columns, kind: 'text', text: textOf(properties.markdown) };
      default:
        return { columns, kind: 'other', type: textOf(widget.type) };
    }
  });
}

function chartOfWidget(properties: JsonObject, usualPeriod: number): Chart {
  const stat = textOf(properties.stat) || 'Average';
  const period = typeof properties.period === 'number' ? properties.period : usualPeriod;
  const rows = Array.isArray(properties.metrics) ? properties.metrics : [];
  let before: unknown[] = [];
  const queries = rows.filter(Array.isArray).map((row, at): MetricDataQuery => {
    const last: unknown = row.at(-1);
    const options = isObject(last) ? last : {};
    const names: unknown[] = isObject(last) ? row.slice(0, -1) : row;
    const whole = withoutDots(names, before);
    before = whole;
    return queryOf(whole.map(textOf), { options, stat, period, at });
  });
  return { title: textOf(properties.title), stat, queries };
}

/** A dot stands for what the row above has there, three for the rest of it. */
function withoutDots(row: readonly unknown[], before: readonly unknown[]): unknown[] {
  return row.flatMap((part, at) => {
    if (part === '...') return before.slice(at, before.length - (row.length - at - 1));
    return [part === '.' ? before[at] : part];
  });
}

function queryOf(
  [namespace = '', name = '', ...pairs]: readonly string[],
  { options, stat, period, at }: { options: JsonObject; stat: string; period: number; at: number },
): MetricDataQuery {
  const Id = textOf(options.id) || `w${at}`;
  const own = typeof options.period === 'number' ? options.period : period;
  const shown = options.visible !== false;
  if (typeof options.expression === 'string')
    return {
      Id,
      Expression: options.expression,
      Label: textOf(options.label) || options.expression,
      Period: own,
      ReturnData: shown,
    };
  const Dimensions = pairs.flatMap((dimension, place) =>
    place % 2 === 0 ? [{ Name: dimension, Value: pairs[place + 1] ?? '' }] : [],
  );
  return {
    Id,
    Label: textOf(options.label) || name,
    ReturnData: shown,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions },
      Period: own,
      Stat: textOf(options.stat) || stat,
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}
