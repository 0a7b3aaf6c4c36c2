import { describe, expect, test } from 'vitest';
import type { Measurement } from '../../../src/services/logs/metric-filters/measure-events.ts';
import { manualClock } from '../../manual-clock.ts';
import { NOW, startTestLogs } from './test-logs.ts';

async function startMeasured() {
  const taken: Measurement[] = [];
  const wallClock = manualClock(NOW);
  const logs = startTestLogs({ wallClock, onMetric: (measurement) => taken.push(measurement) });
  await logs.call('CreateLogGroup', { logGroupName: 'g' });
  return {
    ...logs,
    taken,
    wallClock,
    measure: (filterPattern: string, transformation: object = {}, more: object = {}) =>
      logs.call('PutMetricFilter', {
        logGroupName: 'g',
        filterName: 'errors',
        filterPattern,
        metricTransformations: [
          { metricNamespace: 'depot', metricName: 'errors', metricValue: '1', ...transformation },
        ],
        ...more,
      }),
    async write(...lines: string[]) {
      for (const line of lines) logs.log(line);
      await logs.idle();
    },
  };
}

const errors = { namespace: 'depot', name: 'errors', dimensions: [] };

describe('a metric filter', () => {
  // localstack/localstack, tests/aws/services/logs/test_logs_metric_filters.snapshot.json, test_put_metric_filter_basic and test_describe_metric_filters_by_metric_name (recorded)
  test('is told by the beginning of its name, by its group, and by its metric', async () => {
    const logs = await startMeasured();
    await logs.measure(' ', { defaultValue: 0 });
    const wanted = {
      metricFilters: [
        {
          filterName: 'errors',
          filterPattern: ' ',
          logGroupName: 'g',
          applyOnTransformedLogs: false,
          creationTime: NOW,
          metricTransformations: [
            { metricNamespace: 'depot', metricName: 'errors', metricValue: '1', defaultValue: 0 },
          ],
        },
      ],
    };
    for (const by of [
      { filterNamePrefix: 'err' },
      { logGroupName: 'g' },
      { metricName: 'errors', metricNamespace: 'depot' },
    ])
      expect(await logs.call('DescribeMetricFilters', by)).toEqual(wanted);
    expect(await logs.call('DescribeMetricFilters', { filterNamePrefix: 'other' })).toEqual({
      metricFilters: [],
    });
    expect(await logs.call('DescribeLogGroups', {})).toMatchObject({ logGroups: [{ metricFilterCount: 1 }] });
    const it = { logGroupName: 'g', filterName: 'errors' };
    await logs.call('DeleteMetricFilter', it);
    await expect(logs.call('DeleteMetricFilter', it)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html; the words are those that people meet who deploy such filters
  test.each([
    [
      'with dimensions and a default value',
      { dimensions: { Service: '$.service' }, defaultValue: 0 },
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties',
    ],
    [
      'with a dimension that is no selector',
      { dimensions: { Service: 'shop' } },
      'Invalid metric transformation: dimension value must be valid selector',
    ],
    [
      'with a value that is neither a number nor a selector',
      { metricValue: 'many' },
      /must be a valid number/,
    ],
  ])('is refused %s', async (_, transformation, message) => {
    const logs = await startMeasured();
    await expect(logs.measure('{ $.level = "ERROR" }', transformation)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  // API_PutMetricFilter: "The maximum number of metric filters that can be associated with a log group is 100"
  test('is one of a hundred of a group at most', async () => {
    const logs = await startMeasured();
    for (let n = 0; n < 100; n += 1) await logs.measure('', {}, { filterName: `n${n}` });
    await expect(logs.measure('', {}, { filterName: 'more' })).rejects.toMatchObject({
      code: 'LimitExceededException',
    });
    await logs.measure('ERROR', {}, { filterName: 'n7' });
  });
});

describe('the metric of a metric filter', () => {
  // CloudWatch Logs guide, "Creating metrics from log events using filters" (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html)
  test('has a value for each event that matches, at its time', async () => {
    const logs = await startMeasured();
    await logs.measure('ERROR', { unit: 'Count' });
    await logs.write('ERROR one', 'all is well', 'ERROR two');
    expect(logs.taken).toEqual([
      { metric: errors, atMs: NOW, value: 1, unit: 'Count' },
      { metric: errors, atMs: NOW, value: 1, unit: 'Count' },
    ]);
  });

  // The same guide, "Configuring metric values for a metric filter" and "Publishing dimensions with metrics from values in JSON or space-delimited log events"
  test('takes value and dimensions from a JSON event, and leaves out one that lacks them', async () => {
    const logs = await startMeasured();
    await logs.measure('{ $.size > 0 }', { metricValue: '$.size', dimensions: { Service: '$.service' } });
    await logs.write('{"size":12.5,"service":"shop"}', '{"size":3}');
    expect(logs.taken).toMatchObject([
      { metric: { dimensions: [{ name: 'Service', value: 'shop' }] }, value: 12.5, unit: 'None' },
    ]);
  });

  // The same guide, "Example: Extract fields from an Apache log and assign dimensions"
  test('takes them from the named fields of a space-delimited event', async () => {
    const logs = await startMeasured();
    await logs.measure('[ip, ..., status = 4*, bytes]', {
      metricValue: '$bytes',
      dimensions: { Status: '$status' },
    });
    await logs.write('127.0.0.1 - frank "GET /a.html" 404 1534', '127.0.0.1 - frank "GET /" 200 7');
    expect(logs.taken).toMatchObject([
      { metric: { dimensions: [{ name: 'Status', value: '404' }] }, value: 1534 },
    ]);
  });

  // The same guide, "Metric filter concepts", default value: "the value reported to the metric filter during a period when logs are ingested but no matching logs are found"
  test('has its default value for a minute in which events came and none matched, and none where no event came', async () => {
    const logs = await startMeasured();
    await logs.measure('ERROR', { defaultValue: 0 });
    await logs.write('all is well', 'very well');
    await logs.wallClock.advance(60_000);
    expect(logs.taken).toEqual([{ metric: errors, atMs: NOW, value: 0, unit: 'None' }]);
    await logs.wallClock.advance(120_000);
    await logs.write('all is well', 'ERROR');
    await logs.wallClock.advance(60_000);
    expect(logs.taken.map(({ value }) => value)).toEqual([0, 1]);
  });
});

describe('TestMetricFilter', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html, Examples
  test('tells which events match, and their fields by name or place', async () => {
    const { call } = startTestLogs();
    const logEventMessages = ['127.0.0.1 - frank [10/Oct/2000] "GET /a" 404 1534', 'short'];
    expect(await call('TestMetricFilter', { filterPattern: '[..., size]', logEventMessages })).toMatchObject({
      matches: [
        {
          eventNumber: 0,
          eventMessage: logEventMessages[0],
          extractedValues: {
            $1: '127.0.0.1',
            $2: '-',
            $3: 'frank',
            $4: '10/Oct/2000',
            $5: 'GET /a',
            $6: '404',
            $size: '1534',
          },
        },
        { eventNumber: 1, extractedValues: { $size: 'short' } },
      ],
    });
    expect(
      await call('TestMetricFilter', { filterPattern: 'ERROR', logEventMessages: ['well', 'an ERROR'] }),
    ).toEqual({ matches: [{ eventNumber: 1, eventMessage: 'an ERROR', extractedValues: {} }] });
  });
});
