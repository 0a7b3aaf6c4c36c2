import type { MetricUnit } from '../../../aws/metric.ts';
import { ownModels } from '../../../template/stack-models.ts';

/** Makes a metric of what is written to a log group and matches. */
export interface MetricFilter {
  name: string;
  logGroupName: string;
  pattern: string;
  transformation: MetricTransformation;
  applyOnTransformedLogs: boolean;
}

export interface MetricTransformation {
  metricNamespace: string;
  metricName: string;
  /** A number, or the selector of a field, e.g. `$.size`. */
  metricValue: string;
  /** Counts in each minute in which the group has events of which none matches. */
  defaultValue?: number;
  unit?: MetricUnit;
  /** Selectors by the names of dimensions. */
  dimensions?: Readonly<Record<string, string>>;
}

/** One that is in use. */
export interface ActiveMetricFilter extends MetricFilter {
  /** Epoch milliseconds. */
  creationTime: number;
}

/** One of a template. */
export interface MetricFilterModel extends MetricFilter {
  logicalId: string;
}

export const METRIC_FILTER_TYPE = 'AWS::Logs::MetricFilter';

export const metricFiltersOf = ownModels<MetricFilterModel>(METRIC_FILTER_TYPE);
