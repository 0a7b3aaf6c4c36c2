import { describe, expect, test } from 'vitest';
import { readEmf } from '../../../src/services/cloudwatch/emf.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 30);

function document(changes: { directive?: object; root?: object; metadata?: object } = {}): string {
  const directive = {
    Namespace: 'Parcels',
    Dimensions: [['service']],
    Metrics: [{ Name: 'Packed', Unit: 'Count' }],
    ...changes.directive,
  };
  return JSON.stringify({
    _aws: { Timestamp: NOW, CloudWatchMetrics: [directive], ...changes.metadata },
    service: 'packer',
    Packed: 3,
    ...changes.root,
  });
}

function metricsOf(line: string) {
  const read = readEmf(line, NOW);
  if (read.kind !== 'metrics') throw new Error(`it is ${read.kind}`);
  return read;
}

describe('a line in the embedded metric format', () => {
  test('gives a metric of its namespace, name, dimensions, unit and time', () => {
    expect(metricsOf(document()).metrics).toEqual([
      {
        metric: {
          namespace: 'Parcels',
          name: 'Packed',
          dimensions: [{ name: 'service', value: 'packer' }],
        },
        values: [3],
        unit: 'Count',
        resolutionSeconds: 60,
        atMs: NOW,
      },
    ]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html: DimensionSet
  test('makes one metric of each set of dimensions, the empty one too', () => {
    const { metrics } = metricsOf(
      document({
        directive: { Dimensions: [[], ['service'], ['service', 'stage']] },
        root: { stage: 'dev' },
      }),
    );
    expect(metrics.map(({ metric }) => metric.dimensions.map(({ name }) => name))).toEqual([
      [],
      ['service'],
      ['service', 'stage'],
    ]);
  });

  test('may have several directives and lists of values', () => {
    const second = { Namespace: 'Other', Dimensions: [[]], Metrics: [{ Name: 'Weight' }] };
    const line = JSON.parse(document({ root: { Weight: [1, 2.5], Packed: 1 } }));
    line._aws.CloudWatchMetrics.push(second);
    expect(
      metricsOf(JSON.stringify(line)).metrics.map(({ metric, values, unit }) => [
        metric.namespace,
        values,
        unit,
      ]),
    ).toEqual([
      ['Parcels', [1], 'Count'],
      ['Other', [1, 2.5], 'None'],
    ]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html: StorageResolution
  test('may ask for single seconds', () => {
    const { metrics } = metricsOf(
      document({ directive: { Metrics: [{ Name: 'Packed', StorageResolution: 1 }] } }),
    );
    expect(metrics[0]?.resolutionSeconds).toBe(1);
  });

  test("counts behind what Lambda's text format puts before it", () => {
    const line = `2026-11-23T09:30:00.000Z\t0f6c5cb7-1111-4222-8333-444455556666\tINFO\t${document()}`;
    expect(metricsOf(line).metrics).toHaveLength(1);
  });

  test.each([
    ['a dotted name is no path', { directive: { Metrics: [{ Name: 'a.b' }] }, root: { a: { b: 1 } } }],
    ['a metric that is text', { root: { Packed: '3' } }],
    ['a metric with more than 100 values', { root: { Packed: Array.from({ length: 101 }, () => 1) } }],
    ['a metric that is not there', { root: { Packed: undefined } }],
    ['a dimension that is a number', { root: { service: 1 } }],
    ['a dimension that is not there', { directive: { Dimensions: [['nowhere']] } }],
    ['a dimension of every object', { directive: { Dimensions: [['constructor']] } }],
    ['a dimension of more than 1,024 characters', { root: { service: 'x'.repeat(1_025) } }],
    ['a unit of nobody', { directive: { Metrics: [{ Name: 'Packed', Unit: 'Parcels' }] } }],
    ['a time of three weeks ago', { metadata: { Timestamp: NOW - 21 * 86_400_000 } }],
    ['a time three hours ahead', { metadata: { Timestamp: NOW + 3 * 3_600_000 } }],
  ])('%s: no metric, and a problem is told', (_what, changes) => {
    const { metrics, problems } = metricsOf(document(changes));
    expect(metrics).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  test('a wrong metric leaves the others alone', () => {
    const { metrics, problems } = metricsOf(
      document({ directive: { Metrics: [{ Name: 'Packed' }, { Name: 'Lost' }] }, root: { Lost: 'many' } }),
    );
    expect(metrics.map(({ metric }) => metric.name)).toEqual(['Packed']);
    expect(problems).toEqual(['the metric Lost is neither a number nor up to 100 numbers at the root']);
  });

  test.each([
    ['no time', { metadata: { Timestamp: undefined } }],
    ['a time with fractions', { metadata: { Timestamp: NOW + 0.5 } }],
    ['a time as text', { metadata: { Timestamp: '2026-11-23' } }],
    ['directives that are no list', { metadata: { CloudWatchMetrics: {} } }],
    ['no namespace', { directive: { Namespace: undefined } }],
    ['an empty namespace', { directive: { Namespace: '' } }],
    ['no set of dimensions', { directive: { Dimensions: [] } }],
    ['dimensions that are no sets', { directive: { Dimensions: ['service'] } }],
    ['31 dimensions', { directive: { Dimensions: [Array.from({ length: 31 }, (_, n) => `d${n}`)] } }],
    ['101 metrics', { directive: { Metrics: Array.from({ length: 101 }, (_, n) => ({ Name: `m${n}` })) } }],
    ['a metric without a name', { directive: { Metrics: [{ Unit: 'Count' }] } }],
    ['a resolution of 30 seconds', { directive: { Metrics: [{ Name: 'Packed', StorageResolution: 30 }] } }],
  ])('%s: it can not be read', (_what, changes) => {
    expect(readEmf(document(changes), NOW).kind).toBe('unreadable');
  });

  test.each([
    ['something before it', `look: ${document()}`],
    ['something behind it', `${document()} !`],
    ['its end cut off', document().slice(0, -5)],
    ['more than 1 MB', document({ root: { filler: 'x'.repeat(1_048_576) } })],
  ])('with %s it can not be read', (_what, line) => {
    expect(readEmf(line, NOW).kind).toBe('unreadable');
  });

  test.each([
    '',
    'hello',
    '{}',
    '{"_aws":1}',
    '[]',
    'null',
    '{"say":"CloudWatchMetrics"}',
    '{"CloudWatchMetrics":[]}',
  ])('%s has nothing to do with metrics', (line) => {
    expect(readEmf(line, NOW)).toEqual({ kind: 'no metrics' });
  });
});
