import { MetricMathError } from './math-error.ts';
import { describe, type MathValue, type Series, seriesLike } from './values.ts';

/**
 * `IF(condition, trueValue, falseValue)` (CloudWatch guide, "Using IF expressions"): true where the condition isn't 0; a missing
 * true value is 0, a missing false value leaves the point out.
 */
export function conditional([condition, whenTrue, whenFalse, ...rest]: MathValue[]): MathValue {
  if (!condition || !whenTrue || rest.length > 0)
    throw new MetricMathError('IF takes two or three arguments');
  if (condition.kind === 'number') {
    if (condition.value !== 0) return whenTrue;
    return whenFalse ?? emptyLike(whenTrue);
  }
  if (condition.kind !== 'series')
    throw new MetricMathError(`IF can't take ${describe(condition)} for a condition`);
  const chosen: [number, number][] = [];
  for (const [atMs, holds] of condition.points) {
    const value = holds === 0 ? valueAt(whenFalse, atMs) : (valueAt(whenTrue, atMs) ?? 0);
    if (value !== undefined) chosen.push([atMs, value]);
  }
  return seriesLike(condition, chosen);
}

function valueAt(value: MathValue | undefined, atMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'number') return value.value;
  if (value.kind === 'series') return value.points.get(atMs);
  throw new MetricMathError(`IF can't take ${describe(value)} for a value`);
}

function emptyLike(value: MathValue): Series {
  if (value.kind === 'series') return seriesLike(value, []);
  throw new MetricMathError('IF of two numbers needs a third');
}
