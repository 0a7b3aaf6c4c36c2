import { limitExceeded, noSuchGroup } from '../errors.ts';
import { type GroupFilters, groupFilters } from '../group-filters.ts';
import type { LogStore } from '../log-store.ts';
import type { MetricFilter } from './metric-filter.ts';

/** "The maximum number of metric filters that can be associated with a log group is 100" (CloudWatch Logs reference, "PutMetricFilter"). */
const MAX_OF_GROUP = 100;

/** The metric filters of log groups, which go with their groups. */
export interface MetricFilters extends GroupFilters<MetricFilter> {
  /** Makes one, or gives it other settings. Rejects with the AwsError that AWS would give. */
  put(filter: MetricFilter): Promise<void>;
}

export function metricFiltersIn(store: LogStore): MetricFilters {
  const { groups, now } = store;

  function set({ name, logGroupName, pattern, transformation, applyOnTransformedLogs }: MetricFilter): void {
    const filters = groups.get(logGroupName)?.metricFilters;
    if (!filters) throw noSuchGroup();
    const before = filters.get(name);
    if (!before && filters.size >= MAX_OF_GROUP) throw limitExceeded();
    filters.set(name, {
      ...{ name, logGroupName, pattern, transformation, applyOnTransformedLogs },
      creationTime: before?.creationTime ?? now(),
    });
  }

  return {
    ...groupFilters(store, ({ metricFilters }) => metricFilters, set),
    async put(filter) {
      const { refuseMetricFilter } = await import('./refuse-metric-filter.ts');
      refuseMetricFilter(filter);
      set(filter);
    },
  };
}
