import { MetricMathError } from './math-error.ts';
import { describe, eachSeries, inOrder, type MathValue, type Series, seriesLike } from './values.ts';

/**
 * `FILL(series, value | REPEAT | LINEAR | series)`: gives the periods without data a value. REPEAT has none before the first
 * value, LINEAR none outside the first and the last.
 */
export function fill([target, filler, ...rest]: MathValue[]): MathValue {
  if (rest.length > 0) throw new MetricMathError('FILL takes two arguments');
  return eachSeries('FILL', target, (series) => {
    const valueAt = fillerOf(series, filler);
    const missing = series.grid().filter((atMs) => !series.points.has(atMs));
    const filled = missing.flatMap((atMs) => {
      const value = valueAt(atMs);
      return value === undefined ? [] : [[atMs, value] as const];
    });
    return seriesLike(series, [...series.points, ...filled]);
  });
}

/** Gives the value that fills a period; it must be asked in the order of the periods. */
function fillerOf(series: Series, filler: MathValue | undefined): (atMs: number) => number | undefined {
  if (filler?.kind === 'number') return () => filler.value;
  if (filler?.kind === 'series') return (atMs) => filler.points.get(atMs);
  const name = filler?.kind === 'word' ? filler.name : undefined;
  if (name !== 'REPEAT' && name !== 'LINEAR')
    throw new MetricMathError(
      `FILL takes a number, REPEAT, LINEAR or a time series to fill with, found ${describe(filler)}`,
    );
  const points = inOrder(series);
  let next = 0;
  return (atMs) => {
    for (let point = points[next]; point && point[0] <= atMs; point = points[next]) next += 1;
    const earlier = points[next - 1];
    if (name === 'REPEAT') return earlier?.[1];
    const later = points[next];
    if (!earlier || !later) return undefined;
    const share = (atMs - earlier[0]) / (later[0] - earlier[0]);
    return earlier[1] + share * (later[1] - earlier[1]);
  };
}
