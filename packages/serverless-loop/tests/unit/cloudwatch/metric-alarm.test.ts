import { describe, expect, test } from 'vitest';
import type { Metric } from '../../../src/aws/metric.ts';
import { evaluateMetricAlarm } from '../../../src/services/cloudwatch/alarms/metric-alarm.ts';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';
import { metric, metricAlarm } from './test-alarm.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 9, 30);

/** A store with one value a minute from the start on; none where it is undefined. */
function storeOf(values: (number | undefined)[], of: Metric = metric): MetricStore {
  const store = new MetricStore();
  values.forEach((value, minute) => {
    if (value !== undefined) store.count(of, START + minute * MINUTE, value, 'Count');
  });
  return store;
}

function evaluated(alarm: Parameters<typeof metricAlarm>[0], store: MetricStore, minutes: number) {
  const endMs = START + minutes * MINUTE;
  return evaluateMetricAlarm(metricAlarm(alarm), store, { endMs, nowMs: endMs + 250 });
}

describe('an alarm on a metric', () => {
  test('says what crossed the threshold', () => {
    expect(evaluated({}, storeOf([2]), 1)).toEqual({
      state: 'ALARM',
      reason:
        'Threshold Crossed: 1 out of the last 1 datapoints [2.0 (23/11/26 09:30:00)] was greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).',
      reasonData: JSON.stringify({
        version: '1.0',
        queryDate: '2026-11-23T09:31:00.250+0000',
        startDate: '2026-11-23T09:30:00.000+0000',
        statistic: 'Sum',
        period: 60,
        recentDatapoints: [2],
        threshold: 0,
        evaluatedDatapoints: [{ timestamp: '2026-11-23T09:30:00.000+0000', value: 2 }],
      }),
    });
  });

  test.each([
    [
      'does not cross it any more',
      { evaluationPeriods: 3, datapointsToAlarm: 2 },
      [5, 0, 0.5],
      'OK',
      'Threshold Crossed: 2 out of the last 3 datapoints [0.5 (23/11/26 09:32:00), 0.0 (23/11/26 09:31:00)] were not greater than the threshold (0.5) (minimum 2 datapoints for ALARM -> OK transition).',
    ],
    [
      'crosses it often enough',
      { evaluationPeriods: 3, datapointsToAlarm: 2 },
      [5, 0, 7],
      'ALARM',
      'Threshold Crossed: 2 out of the last 3 datapoints [7.0 (23/11/26 09:32:00), 5.0 (23/11/26 09:30:00)] were greater than the threshold (0.5) (minimum 2 datapoints for OK -> ALARM transition).',
    ],
    [
      'is missing and fills up with breaches',
      { evaluationPeriods: 5, datapointsToAlarm: 4, missingData: 'breaching' as const },
      [7, 7],
      'ALARM',
      'Threshold Crossed: 2 datapoints [7.0 (23/11/26 09:31:00), 7.0 (23/11/26 09:30:00)] were greater than the threshold (0.5) and 3 missing datapoints were treated as [Breaching].',
    ],
    [
      'has never been there and counts as well',
      { missingData: 'notBreaching' as const },
      [],
      'OK',
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    ],
    [
      'has never been there',
      { evaluationPeriods: 2, datapointsToAlarm: 2 },
      [],
      'INSUFFICIENT_DATA',
      'Insufficient Data: 2 datapoints were unknown.',
    ],
  ])('that %s', (_what, alarm, values, state, reason) => {
    expect(evaluated({ ...alarm, threshold: 0.5 }, storeOf(values), 3)).toMatchObject({ state, reason });
  });

  test.each([
    ['GreaterThanThreshold', [false, false, true]],
    ['GreaterThanOrEqualToThreshold', [false, true, true]],
    ['LessThanThreshold', [true, false, false]],
    ['LessThanOrEqualToThreshold', [true, true, false]],
  ] as const)('compares by %s', (comparison, breaches) => {
    const states = [4, 5, 6].map(
      (value) => evaluated({ comparison, threshold: 5 }, storeOf([value]), 1)?.state,
    );
    expect(states).toEqual(breaches.map((breach) => (breach ? 'ALARM' : 'OK')));
  });

  test('looks at a window that moves with each minute, not at fixed five minutes', () => {
    const source = { metric, stat: 'Sum', periodSeconds: 300 };
    const store = storeOf([undefined, 1, undefined, undefined, undefined, undefined, 1]);
    const alarm = { watched: { source }, threshold: 1 };
    expect(evaluated(alarm, store, 6)?.state).toBe('OK');
    // Minutes 2 to 6 hold one; minutes 3 to 7 one, too: never both in five.
    expect(evaluated(alarm, store, 7)?.state).toBe('OK');
    store.count(metric, START + 5 * MINUTE, 1, 'Count');
    expect(evaluated(alarm, store, 7)?.state).toBe('ALARM');
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html: alarms on AWS/DynamoDB always ignore missing data
  test('on DynamoDB leaves the state as it is where data are missing, whatever it says', () => {
    const dynamodb = { namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', dimensions: [] };
    const watched = { source: { metric: dynamodb, stat: 'Sum', periodSeconds: 60 } };
    for (const missingData of ['missing', 'breaching', 'notBreaching', 'ignore'] as const)
      expect(evaluated({ watched, missingData }, storeOf([], dynamodb), 3)).toBeUndefined();
    expect(evaluated({ watched }, storeOf([1], dynamodb), 1)?.state).toBe('ALARM');
  });
});

describe('an alarm on a percentile', () => {
  const source = { metric, stat: 'p90', periodSeconds: 60 };
  const ninety = Array.from({ length: 100 }, () => 5);

  function withSamples(count: number): MetricStore {
    const store = new MetricStore();
    for (const value of ninety.slice(0, count)) store.count(metric, START, value, 'Count');
    return store;
  }

  test('is judged with few samples, unless it says otherwise', () => {
    expect(evaluated({ watched: { source } }, withSamples(1), 1)?.state).toBe('ALARM');
    expect(
      evaluated({ watched: { source }, ignoresLowSampleCount: true }, withSamples(1), 1),
    ).toBeUndefined();
  });

  test('has enough from ten over the rarer part on', () => {
    const alarm = { watched: { source }, ignoresLowSampleCount: true };
    expect(evaluated(alarm, withSamples(99), 1)).toBeUndefined();
    expect(evaluated(alarm, withSamples(100), 1)?.state).toBe('ALARM');
  });
});

describe('an alarm on an expression', () => {
  const queries = [
    { id: 'rate', returnsData: true, expression: 'lost / all' },
    { id: 'lost', returnsData: false, source: { metric, stat: 'Sum', periodSeconds: 60 } },
    {
      id: 'all',
      returnsData: false,
      source: { metric: { ...metric, name: 'All' }, stat: 'Sum', periodSeconds: 60 },
    },
  ];

  test('goes by the one query that returns data', () => {
    const store = storeOf([1]);
    store.count({ ...metric, name: 'All' }, START, 4, 'Count');
    expect(evaluated({ watched: { queries }, threshold: 0.2 }, store, 1)?.state).toBe('ALARM');
    expect(evaluated({ watched: { queries }, threshold: 0.3 }, store, 1)?.state).toBe('OK');
  });

  test('has no data where it divides by nothing', () => {
    expect(evaluated({ watched: { queries } }, storeOf([1]), 1)?.state).toBe('INSUFFICIENT_DATA');
  });
});
