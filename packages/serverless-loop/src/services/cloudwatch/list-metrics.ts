import type { Dimension, Metric } from '../../aws/metric.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { objectList, optionalBoolean, optionalChoice, optionalText, requiredText } from './input.ts';
import type { MetricStore } from './metric-store.ts';
import { pageOf } from './paging.ts';
import { renderMetric } from './parse-metric.ts';

const PAGE_SIZE = 500;
const RECENT_MS = 3 * 3_600_000;
const MOST_FILTERS = 10;

interface DimensionFilter {
  name: string;
  value: string | undefined;
}

/** ListMetrics: those that have all the dimensions asked for, with any value where none is given. */
export function listMetrics(
  store: MetricStore,
  input: JsonObject,
  { nowMs, accountId }: { nowMs: number; accountId: string },
): JsonObject {
  const namespace = optionalText(input, 'Namespace');
  const name = optionalText(input, 'MetricName');
  const filters = objectList(input, 'Dimensions', MOST_FILTERS).map((filter) => ({
    name: requiredText(filter, 'Name'),
    value: optionalText(filter, 'Value'),
  }));
  const leastMs = optionalChoice(input, 'RecentlyActive', ['PT3H'])
    ? nowMs - RECENT_MS
    : Number.NEGATIVE_INFINITY;
  const owners = optionalBoolean(input, 'IncludeLinkedAccounts') ?? false;
  const wanted = store
    .list()
    .filter(({ lastAtMs }) => lastAtMs >= leastMs)
    .map(({ metric }) => metric)
    .filter(
      (metric) =>
        (namespace ?? metric.namespace) === metric.namespace &&
        (name ?? metric.name) === metric.name &&
        hasAll(metric, filters),
    );
  const { items, nextToken } = pageOf(wanted, PAGE_SIZE, optionalText(input, 'NextToken'));
  return {
    Metrics: items.map(renderMetric),
    ...(nextToken !== undefined && { NextToken: nextToken }),
    ...(owners && { OwningAccounts: items.map(() => accountId) }),
  };
}

function hasAll({ dimensions }: Metric, filters: DimensionFilter[]): boolean {
  return filters.every((filter) => dimensions.some((dimension) => matches(dimension, filter)));
}

function matches(dimension: Dimension, { name, value }: DimensionFilter): boolean {
  return dimension.name === name && (value ?? dimension.value) === dimension.value;
}
