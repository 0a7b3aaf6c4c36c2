import { MetricMathError } from './math-error.ts';
import { describe, type MathValue, mapSeries, number, type Series, seriesLike } from './values.ts';

type Combine = (left: number, right: number) => number;

const OPERATORS = new Map<string, Combine>([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['^', (left, right) => left ** right],
  ['==', (left, right) => Number(left === right)],
  ['!=', (left, right) => Number(left !== right)],
  ['<', (left, right) => Number(left < right)],
  ['>', (left, right) => Number(left > right)],
  ['<=', (left, right) => Number(left <= right)],
  ['>=', (left, right) => Number(left >= right)],
  ['&&', (left, right) => Number(left !== 0 && right !== 0)],
  ['||', (left, right) => Number(left !== 0 || right !== 0)],
]);

/**
 * Two values combined. Where only one of two series has a value, the other counts as 0; what would divide by zero is left out
 * (CloudWatch guide, "Metric math syntax and functions").
 */
export function operate(sign: string, left: MathValue, right: MathValue): MathValue {
  const combine = OPERATORS.get(sign);
  if (!combine) throw new MetricMathError(`No such operator: ${sign}`);
  if (left.kind === 'list')
    return { kind: 'list', items: left.items.map((item) => one(combine, item, right, sign)) };
  if (right.kind === 'list')
    return { kind: 'list', items: right.items.map((item) => one(combine, left, item, sign)) };
  if (left.kind === 'number' && right.kind === 'number') return number(combine(left.value, right.value));
  return one(combine, left, right, sign);
}

function one(combine: Combine, left: MathValue, right: MathValue, sign: string): Series {
  if (left.kind === 'series' && right.kind === 'series') return both(combine, left, right);
  if (left.kind === 'series' && right.kind === 'number')
    return mapSeries(left, (value) => combine(value, right.value));
  if (left.kind === 'number' && right.kind === 'series')
    return mapSeries(right, (value) => combine(left.value, value));
  throw new MetricMathError(`${sign} can't take ${describe(left)} and ${describe(right)}`);
}

function both(combine: Combine, left: Series, right: Series): Series {
  const times = new Set([...left.points.keys(), ...right.points.keys()]);
  const finer = left.periodSeconds <= right.periodSeconds ? left : right;
  return seriesLike(
    finer,
    [...times].map(
      (atMs) => [atMs, combine(left.points.get(atMs) ?? 0, right.points.get(atMs) ?? 0)] as const,
    ),
  );
}
