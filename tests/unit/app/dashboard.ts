import type { Metric } from './metric.ts';

export interface Dashboard {
  /** ARNs of the alarms whose states it shows. */
  alarms: string[];
  graphs: Graph[];
  /** Of every widget, in columns and rows. */
  sizes: { width: number; height: number }[];
}

export interface Graph {
  title: string;
  metrics: Metric[];
}

/**
 * A dashboard's resource properties, read as CloudWatch reads them ("Dashboard body structure and syntax") but with
 * `${…}` as it is written. Throws when the body is no JSON.
 */
export function dashboardOf(properties: unknown): Dashboard {
  const [body] = [Object(properties).DashboardBody].flat();
  const widgets = Object.values<unknown>(JSON.parse(body).widgets).map((widget) => {
    const { type, width, height, properties } = Object(widget);
    return { type, width: Number(width), height: Number(height), properties: Object(properties) };
  });
  const ofType = (wanted: string) => widgets.filter(({ type }) => type === wanted);
  return {
    alarms: ofType('alarm').flatMap(({ properties: { alarms } }) => Object.values(alarms).map(String)),
    graphs: ofType('metric').map(({ properties: { title, metrics } }) => ({
      title: String(title),
      metrics: Object.values<unknown>(metrics).map(graphedMetric),
    })),
    sizes: widgets.map(({ width, height }) => ({ width, height })),
  };
}

/** Of `["namespace", "name", "dimension", "value", …, { options }]`. */
function graphedMetric(row: unknown): Metric {
  const [namespace = '', name = '', ...pairs] = [row].flat().filter((cell) => typeof cell === 'string');
  const dimensions: Record<string, string> = {};
  for (let at = 0; at < pairs.length; at += 2) dimensions[String(pairs[at])] = String(pairs[at + 1]);
  return { namespace, name, dimensions };
}
