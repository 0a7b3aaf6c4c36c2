import { aggregateOf } from './aggregates.ts';
import { MetricMathError } from './math-error.ts';
import { describe, type MathValue, number, type Series } from './values.ts';

type ListFunction = (items: Series[], args: MathValue[]) => MathValue;

const LIST_FUNCTIONS = new Map<string, ListFunction>([
  ['FIRST', (items) => at(items, 0, 'FIRST')],
  ['LAST', (items) => at(items, -1, 'LAST')],
  ['METRIC_COUNT', (items) => number(items.length)],
  ['REMOVE_EMPTY', (items) => ({ kind: 'list', items: items.filter(({ points }) => points.size > 0) })],
  ['SLICE', slice],
  ['SORT', sort],
]);

/** The functions that take a list of series, by name. */
export function listFunction(name: string): ((args: MathValue[]) => MathValue) | undefined {
  const run = LIST_FUNCTIONS.get(name);
  return run && (([list, ...args]) => run(itemsOf(name, list), args));
}

function itemsOf(name: string, value: MathValue | undefined): Series[] {
  if (value?.kind === 'list') return value.items;
  if (value?.kind === 'series') return [value];
  throw new MetricMathError(`${name} takes a list of time series, found ${describe(value)}`);
}

function at(items: Series[], index: number, name: string): MathValue {
  const found = items.at(index);
  if (!found) throw new MetricMathError(`${name} of no time series at all`);
  return found;
}

function slice(items: Series[], [from, to]: MathValue[]): MathValue {
  return { kind: 'list', items: items.slice(numberOf('SLICE', from), to && numberOf('SLICE', to)) };
}

/** `SORT(list, AVG | MIN | MAX | SUM, ASC | DESC, most)`. */
function sort(items: Series[], [by, order, most]: MathValue[]): MathValue {
  const name = by?.kind === 'word' ? by.name : '';
  const direction = order?.kind === 'word' ? order.name : '';
  if (!['AVG', 'MIN', 'MAX', 'SUM'].includes(name) || !['ASC', 'DESC'].includes(direction))
    throw new MetricMathError('SORT takes a list, AVG, MIN, MAX or SUM, and ASC or DESC');
  const sorted = items.toSorted((a, b) => aggregateOf(name, a) - aggregateOf(name, b));
  if (direction === 'DESC') sorted.reverse();
  return { kind: 'list', items: most ? sorted.slice(0, numberOf('SORT', most)) : sorted };
}

function numberOf(name: string, value: MathValue | undefined): number {
  if (value?.kind === 'number') return value.value;
  throw new MetricMathError(`${name} takes a number, found ${describe(value)}`);
}
