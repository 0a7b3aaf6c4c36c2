/** A metric, as an alarm or a graph names it or as a function emits it. */
export interface Metric {
  namespace: string;
  name: string;
  /** Values by name. Two metrics that differ in any are two. */
  dimensions: Record<string, string>;
}

/** A metric with its dimensions, as text. */
export function identityOf({ namespace, name, dimensions }: Metric): string {
  const pairs = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
  return [namespace, name, ...pairs.sort()].join(' ');
}

/** A metric with the names of its dimensions, as text. */
export function kindOf(namespace: string, name: string, dimensionNames: readonly string[]): string {
  return [namespace, name, ...[...dimensionNames].sort()].join(' ');
}

/** Nobody but AWS puts metrics into a namespace that begins so (CloudWatch API reference, "PutMetricData"). */
export function isOfAws({ namespace }: Metric): boolean {
  return namespace.startsWith('AWS/');
}
