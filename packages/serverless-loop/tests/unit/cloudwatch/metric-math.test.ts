import { describe, expect, test } from 'vitest';
import type { MetricQuery } from '../../../src/aws/metric.ts';
import { MetricMathError } from '../../../src/services/cloudwatch/math/math-error.ts';
import { MetricStore } from '../../../src/services/cloudwatch/metric-store.ts';
import { runQueries } from '../../../src/services/cloudwatch/run-queries.ts';

const MINUTE = 60_000;
type Row = (number | '-')[];

/** The result of an expression over metrics given as rows, a value a minute, `-` for none. */
function math(expression: string, rows: Record<string, Row> = {}): Row[] {
  const store = new MetricStore();
  const length = Math.max(1, ...Object.values(rows).map((row) => row.length));
  const queries: MetricQuery[] = Object.entries(rows).map(([id, row]) => {
    const metric = { namespace: 'Parcels', name: id, dimensions: [] };
    row.forEach((value, minute) => {
      if (value !== '-') store.count(metric, minute * MINUTE, value, 'Count');
    });
    return { id, returnsData: false, source: { metric, stat: 'Sum', periodSeconds: 60 } };
  });
  const results = runQueries(store, [...queries, { id: 'result', returnsData: true, expression }], {
    fromMs: 0,
    toMs: length * MINUTE,
  });
  return results.flatMap(({ series }) =>
    series.map(({ points }) => Array.from({ length }, (_, minute) => points.get(minute * MINUTE) ?? '-')),
  );
}

describe('the examples of the CloudWatch guide', () => {
  const two = { metric1: [30, 20, 0, 0], metric2: [20, '-', 20, '-'] } satisfies Record<string, Row>;

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html: functions
  test.each([
    ['metric1 < metric2', [0, 0, 1, 0]],
    ['metric1 >= 30', [1, 0, 0, 0]],
    ['metric1 > 15 AND metric2 > 15', [1, 0, 0, 0]],
  ])('%s', (expression, row) => {
    expect(math(expression, two)).toEqual([row]);
  });

  const three = { m1: [1, 1, 0, 0, '-'], m2: [30, '-', 0, 0, 30], m3: [0, 0, 20, '-', 20] } satisfies Record<
    string,
    Row
  >;

  test.each<[string, Row]>([
    ['IF(m1, m2, m3)', [30, 0, 20, '-', '-']],
    ['IF(m1, 5, m3)', [5, 5, 20, '-', '-']],
    ['IF(m1, m2, 5)', [30, 0, 5, 5, '-']],
    ['IF(m1, m2)', [30, 0, '-', '-', '-']],
    ['IF(1, m2, m3)', [30, '-', 0, 0, 30]],
    ['IF(0, m2, m3)', [0, 0, 20, '-', 20]],
    ['IF(0, m2)', ['-', '-', '-', '-', '-']],
  ])('%s', (expression, row) => {
    expect(math(expression, three)).toEqual([row]);
  });
});

describe('an expression', () => {
  const rows = { m1: [1, '-', 4, 8], m2: [2, 3, '-', 0] } satisfies Record<string, Row>;

  test.each<[string, Row]>([
    ['m1 + m2', [3, 3, 4, 8]],
    ['m1 - m2', [-1, -3, 4, 8]],
    ['m1 * 2', [2, '-', 8, 16]],
    ['-m1', [-1, '-', -4, -8]],
    ['m1 / m2', [0.5, 0, '-', '-']],
    ['2 ^ m1', [2, '-', 16, 256]],
    ['m1 + 2 * 3', [7, '-', 10, 14]],
    ['(m1 + 2) * 3', [9, '-', 18, 30]],
    ['m1 == 4 || m1 == 8', [0, '-', 1, 1]],
    ['m1 != 4 && m1 <= 4', [1, '-', 0, 0]],
    ['FILL(m1, 0)', [1, 0, 4, 8]],
    ['FILL(m1, REPEAT)', [1, 1, 4, 8]],
    ['FILL(m1, LINEAR)', [1, 2.5, 4, 8]],
    ['FILL(m1, m2)', [1, 3, 4, 8]],
    ['FILL(m1, MIN(m1))', [1, 1, 4, 8]],
    ['m1 - AVG(m1)', [1 - 13 / 3, '-', 4 - 13 / 3, 8 - 13 / 3]],
    ['m1 * SUM(m1)', [13, '-', 52, 104]],
    ['m1 / MAX(m1)', [0.125, '-', 0.5, 1]],
    ['m1 * DATAPOINT_COUNT(m1)', [3, '-', 12, 24]],
    ['SUM([m1, m2])', [3, 3, 4, 8]],
    ['AVG([m1, m2])', [1.5, 1.5, 2, 4]],
    ['MIN(METRICS())', [1, 3, 4, 0]],
    ['MAX(METRICS("2"))', [2, 3, '-', 0]],
    ['DIFF(m1)', ['-', '-', 3, 4]],
    ['RATE(m1)', ['-', '-', 3 / 120, 4 / 60]],
    ['DIFF_TIME(m1)', ['-', '-', 120, 60]],
    ['RUNNING_SUM(m1)', [1, '-', 5, 13]],
    ['ABS(m1 - 5)', [4, '-', 1, 3]],
    ['CEIL(m1 / 3)', [1, '-', 2, 3]],
    ['FLOOR(m1 / 3)', [0, '-', 1, 2]],
    ['m1 / PERIOD(m1)', [1 / 60, '-', 4 / 60, 8 / 60]],
    ['TIME_SERIES(7)', [7, 7, 7, 7]],
    ['MINUTE(m1)', [0, 1, 2, 3]],
    ['FIRST(SORT(METRICS(), SUM, ASC))', [2, 3, '-', 0]],
    ['m1 / METRIC_COUNT(METRICS())', [0.5, '-', 2, 4]],
  ])('%s', (expression, row) => {
    expect(math(expression, rows)).toEqual([row]);
  });

  test('may give several series', () => {
    expect(math('METRICS() * 10', rows)).toEqual([
      [10, '-', 40, 80],
      [20, 30, '-', 0],
    ]);
  });

  test('of what should have been processed: as an alarm compares two counts that may both be missing', () => {
    const lost =
      'IF(FILL(stored, 0) - FILL(processed, 0) > 0.01 * FILL(stored, 0), FILL(stored, 0) - FILL(processed, 0), 0)';
    expect(math(lost, { stored: [5, '-', 200, 7], processed: [5, '-', 199, '-'] })).toEqual([[0, 0, 0, 7]]);
  });

  test.each([
    ['m1 +', 'Invalid syntax: expected "(", found the end'],
    ['m1 m2', 'Invalid syntax: expected the end, found m2'],
    ['(m1', 'Invalid syntax: expected ")", found the end'],
    ['m1 % 2', 'Invalid syntax at " % 2"'],
    ['m9', 'Undefined variable m9'],
    ['result', 'The expression result refers to itself'],
    ['TWICE(m1)', 'Invalid function name TWICE'],
    ['SEARCH("{Parcels} Packed", "Sum", 60)', "The loop doesn't emulate the function SEARCH"],
    ['ANOMALY_DETECTION_BAND(m1)', "The loop doesn't emulate the function ANOMALY_DETECTION_BAND"],
    ['AVG(m1)', 'The result must be a time series or a list of them, found 4.333333333333333'],
    ['5', 'The result must be a time series or a list of them, found 5'],
    ['FILL(m1)', 'FILL takes a number, REPEAT, LINEAR or a time series to fill with, found nothing'],
    [
      'FILL(m1, BACKWARDS)',
      'FILL takes a number, REPEAT, LINEAR or a time series to fill with, found BACKWARDS',
    ],
    ['IF(m1)', 'IF takes two or three arguments'],
    ['m1 + "a"', '+ can\'t take a time series and "a"'],
    [`${'('.repeat(101)}m1${')'.repeat(101)}`, 'Expressions may be nested 100 deep'],
  ])('%s is refused: %s', (expression, reason) => {
    expect(() => math(expression, rows)).toThrow(
      new MetricMathError(`Error in expression 'result': ${reason}`),
    );
  });
});

describe('what would fill the memory', () => {
  const span = { fromMs: 0, toMs: 60 * MINUTE };
  const doubled = (id: number): MetricQuery => ({
    id: `q${id}`,
    returnsData: false,
    expression: id === 0 ? 'TIME_SERIES(1)' : `[q${id - 1}, q${id - 1}]`,
  });

  test('lists that double with each expression are refused', () => {
    const queries = Array.from({ length: 500 }, (_, id) => doubled(id));
    const last: MetricQuery = { id: 'last', returnsData: true, expression: 'q499' };
    expect(() => runQueries(new MetricStore(), [...queries, last], span)).toThrow(
      "Error in expression 'q9': An expression gives at most 500 time series",
    );
  });

  test('so are long lists in many expressions', () => {
    const wide: MetricQuery = {
      id: 'wide',
      returnsData: false,
      expression: `[${Array.from({ length: 500 }, () => 'TIME_SERIES(1)').join()}]`,
    };
    const others = Array.from(
      { length: 100 },
      (_, id): MetricQuery => ({ id: `other${id}`, returnsData: true, expression: 'wide * 2' }),
    );
    expect(() => runQueries(new MetricStore(), [wide, ...others], span)).toThrow(
      'The lists of time series have more than 1000000 values',
    );
  });
});
