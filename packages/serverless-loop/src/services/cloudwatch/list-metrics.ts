import { boolean, list, oneOf, type Read, required, structure, text } from '../../aws/members.ts';
import type { Dimension, Metric } from '../../aws/metric.ts';
import { pageOf } from '../../aws/page.ts';
import { invalidListToken } from './cloudwatch-error.ts';
import type { MetricStore } from './metric-store.ts';
import { renderMetric } from './parse-metric.ts';
import { METRIC_NAME, NAMESPACE, NEXT } from './shapes.ts';

const PAGE_SIZE = 500;
const RECENT_MS = 3 * 3_600_000;

export const METRIC_FILTER = {
  Namespace: NAMESPACE,
  MetricName: METRIC_NAME,
  Dimensions: list(structure({ Name: required(text()), Value: text() }), { max: 10 }),
  RecentlyActive: oneOf(['PT3H']),
  IncludeLinkedAccounts: boolean(),
  ...NEXT,
} as const;

type DimensionFilter = NonNullable<Read<typeof METRIC_FILTER>['Dimensions']>[number];

/** Those that have all the dimensions asked for, with any value where none is given. */
export function listMetrics(
  store: MetricStore,
  input: Read<typeof METRIC_FILTER>,
  { nowMs, accountId }: { nowMs: number; accountId: string },
) {
  const { Namespace: namespace, MetricName: name, Dimensions: filters = [] } = input;
  const leastMs = input.RecentlyActive ? nowMs - RECENT_MS : Number.NEGATIVE_INFINITY;
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
  const { items, nextToken } = pageOf(wanted, {
    list: 'ListMetrics',
    limit: PAGE_SIZE,
    token: input.NextToken,
    refusal: invalidListToken,
  });
  return {
    Metrics: items.map(renderMetric),
    NextToken: nextToken,
    ...(input.IncludeLinkedAccounts && { OwningAccounts: items.map(() => accountId) }),
  };
}

function hasAll({ dimensions }: Metric, filters: DimensionFilter[]): boolean {
  return filters.every((filter) => dimensions.some((dimension) => matches(dimension, filter)));
}

function matches(dimension: Dimension, { Name, Value }: DimensionFilter): boolean {
  return dimension.name === Name && (Value ?? dimension.value) === dimension.value;
}
