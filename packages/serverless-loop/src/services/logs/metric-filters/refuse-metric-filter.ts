import { invalidParameter } from '../errors.ts';
import { isSelector } from '../filter/event-fields.ts';
import { patternTest } from '../pattern-test.ts';
import type { MetricFilter } from './metric-filter.ts';

/** "You can assign up to three dimensions" (CloudWatch Logs guide, "Publishing dimensions with metrics from values in JSON or space-delimited log events"). */
const MAX_DIMENSIONS = 3;

/** Refuses a filter that CloudWatch Logs would, whatever its group is. Throws AwsError. */
export function refuseMetricFilter({ pattern, transformation }: MetricFilter): void {
  patternTest(pattern);
  const { metricValue, defaultValue, dimensions = {} } = transformation;
  const selectors = Object.values(dimensions);
  if (defaultValue !== undefined && selectors.length > 0)
    throw invalid('dimensions and default value are mutually exclusive properties');
  if (selectors.length > MAX_DIMENSIONS) throw invalid(`at most ${MAX_DIMENSIONS} dimensions are allowed`);
  if (!isNumber(metricValue) && !isSelector(metricValue, pattern))
    throw invalid(`metric value ${metricValue} must be a valid number`);
  if (!selectors.every((selector) => isSelector(selector, pattern)))
    throw invalid('dimension value must be valid selector');
}

function invalid(reason: string) {
  return invalidParameter(`Invalid metric transformation: ${reason}`);
}

export function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
