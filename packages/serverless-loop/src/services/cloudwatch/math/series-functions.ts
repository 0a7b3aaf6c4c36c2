import { eachSeries, inOrder, type MathValue, mapSeries, number, type Series, seriesLike } from './values.ts';

type SeriesFunction = (series: Series) => Series;

const EACH_VALUE = new Map<string, (value: number) => number>([
  ['ABS', Math.abs],
  ['CEIL', Math.ceil],
  ['FLOOR', Math.floor],
  ['LOG', Math.log],
  ['LOG10', Math.log10],
]);

/** Days are 1 (Monday) to 7; dates, hours and all others as they are in UTC. */
const EACH_TIME = new Map<string, (time: Date) => number>([
  ['MINUTE', (time) => time.getUTCMinutes()],
  ['HOUR', (time) => time.getUTCHours()],
  ['DAY', (time) => time.getUTCDay() || 7],
  ['DATE', (time) => time.getUTCDate()],
  ['MONTH', (time) => time.getUTCMonth() + 1],
  ['YEAR', (time) => time.getUTCFullYear()],
  ['EPOCH', (time) => time.getTime() / 1000],
]);

const OVER_TIME = new Map<string, SeriesFunction>([
  ['DIFF', (series) => withPrevious(series, (value, before) => value - before)],
  ['RATE', (series) => withPrevious(series, (value, before, seconds) => (value - before) / seconds)],
  ['DIFF_TIME', (series) => withPrevious(series, (_value, _before, seconds) => seconds)],
  ['RUNNING_SUM', runningSum],
]);

/** The functions that make a series of a series, by name. */
export function seriesFunction(name: string): ((args: MathValue[]) => MathValue) | undefined {
  const change = changeOf(name);
  return change && (([value]) => eachSeries(name, value, change));
}

/** A series with the same value in every period. */
export function constantSeries(value: number, like: Series): Series {
  return seriesLike(
    like,
    like.grid().map((atMs) => [atMs, value] as const),
  );
}

export function periodOf(series: Series): MathValue {
  return number(series.periodSeconds);
}

function changeOf(name: string): SeriesFunction | undefined {
  const ofValue = EACH_VALUE.get(name);
  if (ofValue) return (series) => mapSeries(series, ofValue);
  const ofTime = EACH_TIME.get(name);
  if (ofTime) {
    return (series) =>
      seriesLike(
        series,
        series.grid().map((atMs) => [atMs, ofTime(new Date(atMs))] as const),
      );
  }
  return OVER_TIME.get(name);
}

function withPrevious(
  series: Series,
  change: (value: number, before: number, seconds: number) => number,
): Series {
  const points = inOrder(series);
  return seriesLike(
    series,
    points.flatMap(([atMs, value], index) => {
      const before = points[index - 1];
      return before ? [[atMs, change(value, before[1], (atMs - before[0]) / 1000)] as const] : [];
    }),
  );
}

function runningSum(series: Series): Series {
  let sum = 0;
  return seriesLike(
    series,
    inOrder(series).map(([atMs, value]) => {
      sum += value;
      return [atMs, sum] as const;
    }),
  );
}
