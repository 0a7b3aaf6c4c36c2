import { expect, test } from 'vitest';
import { chartsOf, widgetsOf } from '../../../console/state/metric-query.ts';
import { aligned, shortNumber } from '../../../console/state/series.ts';

const metric = (namespace: string, name: string, dimensions: Record<string, string> = {}) => ({
  namespace,
  name,
  dimensions,
});

test('each metric is one chart, people’s first questions first, with a series for each that is no part of another', () => {
  const metrics = [
    metric('Shop', 'Sold', { service: 'a' }),
    metric('AWS/Events', 'MatchedEvents'),
    metric('AWS/Lambda', 'Duration', { FunctionName: 'f' }),
    metric('AWS/Lambda', 'Invocations', { FunctionName: 'f' }),
    metric('AWS/Lambda', 'Invocations', { FunctionName: 'g' }),
    metric('AWS/Lambda', 'Invocations', { FunctionName: 'f', Resource: 'f:live' }),
    metric('AWS/Lambda', 'Invocations'),
  ];
  const charts = chartsOf(metrics, 60, (name) => name.toUpperCase());
  expect(charts.map(({ title, stat }) => [title, stat])).toEqual([
    ['Invocations', 'Sum, AWS/Lambda'],
    ['Duration', 'Maximum, AWS/Lambda'],
    ['Sold', 'Sum, Shop'],
    ['MatchedEvents', 'Sum, AWS/Events'],
  ]);
  expect(charts[0]?.queries).toMatchObject([
    {
      Id: 'm0',
      Label: 'F',
      MetricStat: { Period: 60, Stat: 'Sum', Metric: { Dimensions: [{ Value: 'f' }] } },
    },
    { Id: 'm1', Label: 'G' },
  ]);
});

// CloudWatch API reference, "Dashboard body structure and syntax": "Using a period to repeat".
test('a widget of metrics is read with its shorthands, its expressions and its own words', () => {
  const [widget] = widgetsOf(
    {
      widgets: [
        {
          type: 'metric',
          width: 8,
          properties: {
            title: 'Orders',
            stat: 'Sum',
            period: 300,
            metrics: [
              ['Shop', 'Sold', 'service', 'a', { id: 'sold', label: 'sold' }],
              ['.', 'Late', '.', '.'],
              ['...', 'b', { stat: 'p99', visible: false }],
              [{ expression: 'sold * 2', label: 'twice' }],
            ],
          },
        },
      ],
    },
    60,
  );
  expect(widget).toMatchObject({ kind: 'chart', columns: 8, chart: { title: 'Orders', stat: 'Sum' } });
  const dimensions = (value: string) => [{ Name: 'service', Value: value }];
  expect(widget?.kind === 'chart' && widget.chart.queries).toMatchObject([
    {
      Id: 'sold',
      Label: 'sold',
      MetricStat: { Metric: { MetricName: 'Sold', Dimensions: dimensions('a') } },
    },
    { Id: 'w1', Label: 'Late', MetricStat: { Metric: { Namespace: 'Shop', Dimensions: dimensions('a') } } },
    {
      ReturnData: false,
      MetricStat: { Stat: 'p99', Metric: { MetricName: 'Late', Dimensions: dimensions('b') } },
    },
    { Expression: 'sold * 2', Label: 'twice', Period: 300 },
  ]);
});

test('other widgets are alarms, text, or told to be what they are; a body that is none has none', () => {
  const widgets = [
    { type: 'alarm', width: 99, properties: { alarms: ['arn:a'] } },
    { type: 'text', properties: { markdown: '# Shop' } },
    { type: 'log' },
    null,
  ];
  expect(widgetsOf({ widgets }, 60)).toEqual([
    { columns: 24, kind: 'alarms', title: '', arns: ['arn:a'] },
    { columns: 6, kind: 'text', text: '# Shop' },
    { columns: 6, kind: 'other', type: 'log' },
  ]);
  expect(widgetsOf({ widgets: 'x' }, 60)).toEqual([]);
});

test('series share one list of times, with a gap where one has no value', () => {
  const at = (minute: number) => new Date(minute * 60_000).toISOString();
  const series = [
    {
      id: 'a',
      label: 'a',
      points: [
        { time: at(2), value: 2 },
        { time: at(1), value: 1 },
      ],
    },
    { id: 'b', label: 'b', points: [{ time: at(3), value: 0 }] },
  ];
  expect(aligned(series)).toEqual([
    [60, 120, 180],
    [1, 2, null],
    [null, null, 0],
  ]);
  expect([0.123, 12_345, 7_000_000, -3].map(shortNumber)).toEqual(['0.12', '12.3k', '7.0M', '-3']);
});
