import { AWS_METRICS } from './aws-metrics.ts';
import { dashboardOf } from './dashboard.ts';
import { identityOf, isOfAws, kindOf, type Metric } from './metric.ts';

export interface WatchedMetric extends Metric {
  /** Logical id of the alarm, or of the dashboard with the title of the graph. */
  where: string;
}

/** Every metric that an alarm or the dashboard of a parsed template looks at. */
export function watchedMetrics(template: unknown): WatchedMetric[] {
  const resources = Object.entries<unknown>(Object(Object(template).Resources));
  return resources.flatMap(([logicalId, resource]) => {
    const { Type, Properties } = Object(resource);
    if (Type === 'AWS::CloudWatch::Alarm') return alarmedMetrics(Properties).map(seenIn(logicalId));
    if (Type !== 'AWS::CloudWatch::Dashboard') return [];
    return dashboardOf(Properties).graphs.flatMap(({ title, metrics }) =>
      metrics.map(seenIn(`${logicalId}, ${title}`)),
    );
  });
}

/** Those that neither a run emitted nor a page of AWS's documents, as text. */
export function unheardOf(watched: readonly WatchedMetric[], emitted: readonly Metric[]): string[] {
  const documented = new Set(
    AWS_METRICS.map(({ namespace, name, dimensions }) => kindOf(namespace, name, dimensions)),
  );
  const seen = new Set(emitted.map(identityOf));
  return watched
    .filter((metric) =>
      isOfAws(metric)
        ? !documented.has(kindOf(metric.namespace, metric.name, Object.keys(metric.dimensions)))
        : !seen.has(identityOf(metric)),
    )
    .map((metric) => `${metric.where}: ${identityOf(metric)}`);
}

function seenIn(where: string) {
  return (metric: Metric): WatchedMetric => ({ where, ...metric });
}

/** The metric that an alarm watches itself, and those that it computes with. */
function alarmedMetrics(value: unknown): Metric[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Namespace, MetricName, Dimensions = [] } = Object(value);
  if (MetricName === undefined) return Object.values(value).flatMap(alarmedMetrics);
  const pairs = Object.values<unknown>(Dimensions).map((dimension) => {
    const { Name, Value } = Object(dimension);
    return [String(Name), String(Value)];
  });
  return [{ namespace: String(Namespace), name: String(MetricName), dimensions: Object.fromEntries(pairs) }];
}
