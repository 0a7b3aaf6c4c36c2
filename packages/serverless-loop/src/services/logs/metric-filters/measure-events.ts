import { inSlices } from '../../../aws/in-slices.ts';
import type { Metric, MetricUnit } from '../../../aws/metric.ts';
import { compileFields } from '../filter/event-fields.ts';
import { compileFilterPattern } from '../filter/pattern.ts';
import type { MetricFilter } from './metric-filter.ts';
import { isNumber } from './refuse-metric-filter.ts';

export interface MeasuredEvent {
  timestamp: number;
  message: string;
}

/** A value of a metric that a log event gives. */
export interface Measurement {
  metric: Metric;
  atMs: number;
  value: number;
  unit: MetricUnit;
}

/** The values that events give, each for its own time, and whether any matched. */
export function measureEvents(
  filter: MetricFilter,
  events: readonly MeasuredEvent[],
): Promise<{ isMatched: boolean; measurements: Measurement[] }> {
  return inSlices(measure(filter, events));
}

function* measure({ pattern, transformation }: MetricFilter, events: readonly MeasuredEvent[]) {
  const { metricNamespace: namespace, metricName: name, metricValue, unit = 'None' } = transformation;
  const matches = compileFilterPattern(pattern);
  const fieldsOf = compileFields(pattern);
  const measurements: Measurement[] = [];
  let isMatched = false;
  for (const { timestamp: atMs, message } of events) {
    yield;
    if (!(yield* matches(message))) continue;
    isMatched = true;
    const fields = yield* fieldsOf(message);
    const text = isNumber(metricValue) ? metricValue : (fields.valueOf(metricValue) ?? '');
    const dimensions = Object.entries(transformation.dimensions ?? {}).map(([dimension, selector]) => ({
      name: dimension,
      value: fields.valueOf(selector) ?? '',
    }));
    // An event that lacks the value, or a dimension, counts for no metric.
    if (!isNumber(text) || dimensions.some(({ value }) => value === '')) continue;
    measurements.push({ metric: { namespace, name, dimensions }, atMs, value: Number(text), unit });
  }
  return { isMatched, measurements };
}
