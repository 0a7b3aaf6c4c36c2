import { aggregate, isAggregate } from './aggregates.ts';
import { conditional } from './conditional.ts';
import type { Expression } from './expression.ts';
import { fill } from './fill.ts';
import { listFunction } from './list-functions.ts';
import { MetricMathError } from './math-error.ts';
import { operate } from './operators.ts';
import { constantSeries, periodOf, seriesFunction } from './series-functions.ts';
import { describe, type MathValue, number, type Series } from './values.ts';

export interface MathScope {
  /** A metric or another expression of the request. Throws MetricMathError when there is none. */
  valueOf(id: string): MathValue;
  /** The metrics of the request, expressions excluded. */
  metrics(): { id: string; series: Series }[];
  /** A series without values over the periods that are asked for. */
  empty: Series;
  /** Told how many values each step of the work has made. Throws MetricMathError when they are too many. */
  spend(values: number): void;
}

/** On AWS, but not here: they need models, rules or quotas that the loop doesn't have. */
const NOT_EMULATED = [
  'ANOMALY_DETECTION_BAND',
  'INSIGHT_RULE_METRIC',
  'SEARCH',
  'SERVICE_QUOTA',
  'SELECT',
  'DB_PERF_INSIGHTS',
];

/** Works out an expression. Throws MetricMathError. */
export function evaluateMath(expression: Expression, scope: MathScope): MathValue {
  const value = workOut(expression, scope);
  // A short expression can make the same million of values a hundred times.
  if (expression.kind !== 'id') scope.spend(sizeOf(value));
  return value;
}

function sizeOf(value: MathValue): number {
  if (value.kind === 'series') return value.points.size;
  return value.kind === 'list' ? value.items.reduce((sum, { points }) => sum + points.size, 0) : 1;
}

function workOut(expression: Expression, scope: MathScope): MathValue {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'word':
      return expression;
    case 'id':
      return scope.valueOf(expression.name);
    case 'negative':
      return operate('-', number(0), evaluateMath(expression.of, scope));
    case 'operation':
      return operate(
        expression.sign,
        evaluateMath(expression.left, scope),
        evaluateMath(expression.right, scope),
      );
    case 'list':
      return listOf(expression.items, scope);
    case 'call':
      return call(
        expression.name,
        expression.args.map((arg) => evaluateMath(arg, scope)),
        scope,
      );
  }
}

/** As many as one expression may give (guide, "Using search expressions in graphs"); each list may hold others twice. */
const MAX_LIST_LENGTH = 500;

function listOf(expressions: readonly Expression[], scope: MathScope): MathValue {
  const items: Series[] = [];
  for (const expression of expressions) {
    items.push(...seriesIn(evaluateMath(expression, scope)));
    if (items.length > MAX_LIST_LENGTH)
      throw new MetricMathError(`An expression gives at most ${MAX_LIST_LENGTH} time series`);
  }
  return { kind: 'list', items };
}

/** The series that an expression gives: it must be one or several, not a number. */
export function seriesIn(value: MathValue): Series[] {
  if (value.kind === 'series') return [value];
  if (value.kind === 'list') return value.items;
  throw new MetricMathError(`The result must be a time series or a list of them, found ${describe(value)}`);
}

function call(name: string, args: MathValue[], scope: MathScope): MathValue {
  if (name === 'IF') return conditional(args);
  if (name === 'FILL') return fill(args);
  if (name === 'METRICS') return metrics(args, scope);
  if (name === 'TIME_SERIES') return timeSeries(args, scope);
  if (name === 'PERIOD') return period(args);
  if (isAggregate(name)) return aggregate(name, args);
  const run = seriesFunction(name) ?? listFunction(name);
  if (run) return run(args);
  if (NOT_EMULATED.includes(name)) throw new MetricMathError(`The loop doesn't emulate the function ${name}`);
  throw new MetricMathError(`Invalid function name ${name}`);
}

/** `METRICS("errors")`: those whose id contains the text. */
function metrics([part]: MathValue[], scope: MathScope): MathValue {
  if (part && part.kind !== 'text') throw new MetricMathError(`METRICS takes text, found ${describe(part)}`);
  const wanted = scope.metrics().filter(({ id }) => !part || id.includes(part.value));
  return { kind: 'list', items: wanted.map(({ series }) => series) };
}

function timeSeries([value]: MathValue[], { empty }: MathScope): MathValue {
  if (value?.kind === 'number') return constantSeries(value.value, empty);
  throw new MetricMathError(`TIME_SERIES takes a number, found ${describe(value)}`);
}

function period([value]: MathValue[]): MathValue {
  if (value?.kind === 'series') return periodOf(value);
  throw new MetricMathError(`PERIOD takes a time series, found ${describe(value)}`);
}
