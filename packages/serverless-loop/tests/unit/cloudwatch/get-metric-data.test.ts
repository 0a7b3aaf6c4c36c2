import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import { readerApart } from '../../../src/aws/service.ts';
import { CLOUDWATCH_DIALECT } from '../../../src/services/cloudwatch/cloudwatch-error.ts';
import { getMetricData, METRIC_DATA } from '../../../src/services/cloudwatch/get-metric-data.ts';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';

const read = readerApart(METRIC_DATA, CLOUDWATCH_DIALECT);
const metricData = (store: MetricStore, input: JsonObject) => getMetricData(store, read(input));

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 9, 30);

const query = (Id: string, more: object = {}) => ({
  Id,
  MetricStat: { Metric: { Namespace: 'Parcels', MetricName: Id }, Period: 60, Stat: 'Sum' },
  ...more,
});

function storeOf(rows: Record<string, number[]>): MetricStore {
  const store = new MetricStore();
  for (const [name, row] of Object.entries(rows))
    row.forEach((value, minute) => {
      store.count({ namespace: 'Parcels', name, dimensions: [] }, START + minute * MINUTE, value, 'Count');
    });
  return store;
}

const span = { StartTime: START / 1000, EndTime: START / 1000 + 600 };

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html, MaxDatapoints and NextToken
test('pages hold so many data points over all results, and what is cut off says so', () => {
  const store = storeOf({ one: [1, 2, 3], two: [4, 5] });
  const ask = {
    ...span,
    MetricDataQueries: [query('one'), query('two')],
    MaxDatapoints: 2,
    ScanBy: 'TimestampAscending',
  };
  const pages: unknown[] = [];
  for (let token: unknown = ''; token !== undefined; ) {
    const { MetricDataResults, NextToken } = metricData(store, {
      ...ask,
      ...(token !== '' && { NextToken: token }),
    });
    pages.push(
      Object(MetricDataResults).map((it: Record<string, unknown>) => [it.Id, it.Values, it.StatusCode]),
    );
    token = NextToken;
  }
  expect(pages).toEqual([
    [['one', [1, 2], 'PartialData']],
    [
      ['one', [3], 'Complete'],
      ['two', [4], 'PartialData'],
    ],
    [['two', [5], 'Complete']],
  ]);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html, ScanBy: "The default is TimestampDescending"
test('the newest data come first, unless it is asked otherwise; the end is excluded', () => {
  const store = storeOf({ one: [1, 2, 3] });
  const ask = {
    StartTime: START / 1000 + 30,
    EndTime: START / 1000 + 120,
    MetricDataQueries: [query('one')],
  };
  expect(metricData(store, ask)).toMatchObject({ MetricDataResults: [{ Values: [2, 1] }] });
});

test('labels are worked out', () => {
  const store = storeOf({ one: [1, 4, 1] });
  const Label = `from \${FIRST} to \${MAX} at \${MAX_TIME}, \${AVG} of \${DATAPOINT_COUNT}: \${PROP('MetricName')} \${OTHER}`;
  const ask = { ...span, MetricDataQueries: [query('one', { Label })], LabelOptions: { Timezone: '+0130' } };
  expect(metricData(store, ask)).toMatchObject({
    MetricDataResults: [{ Label: `from 1 to 4 at 2026-11-23 11:01:00, 2 of 3: one \${OTHER}` }],
  });
});

test('a metric that is not there has no data and is complete', () => {
  expect(metricData(new MetricStore(), { ...span, MetricDataQueries: [query('one')] })).toEqual({
    MetricDataResults: [{ Id: 'one', Label: 'one', Timestamps: [], Values: [], StatusCode: 'Complete' }],
    Messages: [],
  });
});

test('that the oldest were dropped is told', () => {
  const store = new MetricStore(() => {}, { buckets: 1 });
  for (const minute of [0, 1])
    store.count({ namespace: 'Parcels', name: 'one', dimensions: [] }, START + minute * MINUTE, 1, 'Count');
  expect(metricData(store, { ...span, MetricDataQueries: [query('one')] })).toMatchObject({
    Messages: [{ Code: 'OldestDropped' }],
  });
});

test('a span that would fill the memory with zeros is refused', () => {
  const ask = {
    StartTime: 0,
    EndTime: START / 1000,
    MetricDataQueries: [query('one'), { Id: 'all', Expression: 'FILL(one, 0)' }],
  };
  expect(() => metricData(new MetricStore(), ask)).toThrow(/exceeds the limit of 1000000/);
});

test.each([
  [{ StartTime: 20, EndTime: 10 }, 'StartTime must be less'],
  [{ MetricDataQueries: [] }, 'MetricDataQueries is required'],
  [{ MetricDataQueries: [query('one', { Expression: 'b' })] }, 'either MetricStat or Expression'],
  [{ MetricDataQueries: [{ Id: 'a', MetricStat: { Period: 60, Stat: 'Sum' } }] }, 'Metric is required'],
  [{ MetricDataQueries: ['a'] }, 'MetricDataQueries.1 must be an object'],
  [{ MetricDataQueries: [query('one', { ReturnData: 'no' })] }, 'ReturnData must be a boolean'],
  [{ MaxDatapoints: 0 }, 'MaxDatapoints'],
  [{ NextToken: 'x' }, 'NextToken is not valid'],
  [{ StartTime: null }, 'StartTime is required'],
  [{ StartTime: {} }, 'StartTime must be a time stamp'],
  [{ LabelOptions: { Timezone: 'Berlin' } }, 'Timezone must be like +0130'],
])('%j is refused: %s', (change, reason) => {
  const ask = { ...span, MetricDataQueries: [query('one')], ...change };
  expect(() => metricData(new MetricStore(), ask)).toThrow(reason);
});

test.each([
  [['Milliseconds', 'Seconds'], 60_000],
  [['Milliseconds', 'Seconds', 'Milliseconds', 'Seconds'], 120_000],
  [['Milliseconds', 'Seconds', 'Count'], 5],
] as const)('of the units %j one is told, with all that there are', (units, expected) => {
  // LocalStack's test_cloudwatch.snapshot.json, test_get_metric_data_different_units_no_unit_in_query.
  const store = new MetricStore();
  const values = { Milliseconds: 60_000, Seconds: 60, Count: 5 };
  for (const unit of units)
    store.count({ namespace: 'Parcels', name: 'one', dimensions: [] }, START, values[unit], unit);
  const { MetricDataResults } = metricData(store, { ...span, MetricDataQueries: [query('one')] });
  const all = [...new Set(units)].sort().join(', ');
  expect(MetricDataResults).toMatchObject([
    {
      Values: [expected],
      Messages: [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${all}]'` }],
    },
  ]);
});
