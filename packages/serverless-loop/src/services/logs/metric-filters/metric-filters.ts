import { limitExceeded, noSuchGroup } from '../errors.ts';
import type { LogStore } from '../log-store.ts';
import type { MetricFilter } from './metric-filter.ts';

/** "The maximum number of metric filters that can be associated with a log group is 100" (CloudWatch Logs reference, "PutMetricFilter"). */
const MAX_OF_GROUP = 100;

type Named = Pick<MetricFilter, 'logGroupName' | 'name'>;

/** The metric filters of log groups, which go with their groups. */
export interface MetricFilters {
  has(filter: Named): boolean;
  /** Makes one, or gives it other settings. Rejects with the AwsError that AWS would give. */
  put(filter: MetricFilter): Promise<void>;
  /** The same for one that is known to be right, with a group that is made where there is none. */
  begin(filter: MetricFilter): void;
  remove(filter: Named): void;
}

export function metricFiltersIn({ groups, addGroup, now }: LogStore): MetricFilters {
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
    has: ({ logGroupName, name }) => groups.get(logGroupName)?.metricFilters.has(name) === true,
    async put(filter) {
      const { refuseMetricFilter } = await import('./refuse-metric-filter.ts');
      refuseMetricFilter(filter);
      set(filter);
    },
    begin(filter) {
      const { logGroupName: name } = filter;
      if (!groups.has(name)) addGroup({ name });
      set(filter);
    },
    remove: ({ logGroupName, name }) => void groups.get(logGroupName)?.metricFilters.delete(name),
  };
}
