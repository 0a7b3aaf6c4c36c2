import type { Metric } from '../../unit/app/metric.ts';

/** A log line in the embedded metric format, as far as it says which metrics it has (CloudWatch, "Specification"). */
interface Line {
  _aws?: {
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
  };
  [member: string]: unknown;
}

/** The metrics that CloudWatch makes of log lines: one for each name and set of dimensions in a line. */
export function emittedMetrics(logLines: readonly string[]): Metric[] {
  return logLines.filter((line) => line.startsWith('{')).flatMap(metricsOf);
}

function metricsOf(text: string): Metric[] {
  const line: Line = JSON.parse(text);
  return (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((set) =>
      Metrics.map(({ Name }) => {
        if (line[Name] === undefined) throw new Error(`no value of ${Name} in ${text}`);
        return {
          namespace: Namespace,
          name: Name,
          dimensions: Object.fromEntries(set.map((key) => [key, String(line[key])])),
        };
      }),
    ),
  );
}
