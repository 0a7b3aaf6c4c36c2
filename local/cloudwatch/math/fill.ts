import { MetricMathError } from './math-error.ts';
import { describe, eachSeries, inOrder, type MathValue, type Series, seriesLike } from './values.ts';

/**
 * `FILL(series, value | REPEAT | LINEAR | series)`: gives the periods without data a value. REPEAT has none before the first
 * value, LINEAR none outside the first and the last.
 */
export function fill([target, filler, ...rest]: MathValue[]): MathValue {
  if (rest.length > 0) throw new MetricMathError('FILL takes two arguments');
  return eachSeries('FILL', target, (series) => {
    const missing = series.grid().filter((atMs) => !series.points.has(atMs));
    const filled = missing.flatMap((atMs) => {
      const value = fillerAt(series, filler, atMs);
      return value === undefined ? [] : [[atMs, value] as const];
    });
    return seriesLike(series, [...series.points, ...filled]);
  });
}

function fillerAt(series: Series, filler: MathValue | undefined, atMs: number): number | undefined {
  if (filler?.kind === 'number') return filler.value;
  if (filler?.kind === 'series') return filler.points.get(atMs);
  const earlier = inOrder(series).findLast(([pointMs]) => pointMs < atMs);
  if (filler?.kind === 'word' && filler.name === 'REPEAT') return earlier?.[1];
  if (filler?.kind === 'word' && filler.name === 'LINEAR') {
    const later = inOrder(series).find(([pointMs]) => pointMs > atMs);
    if (!earlier || !later) return undefined;
    const share = (atMs - earlier[0]) / (later[0] - earlier[0]);
    return earlier[1] + share * (later[1] - earlier[1]);
  }
  throw new MetricMathError(
    `FILL takes a number, REPEAT, LINEAR or a time series to fill with, found ${describe(filler)}`,
  );
}
