import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { isObject } from '../../aws/json-object.ts';
import { type Dimension, type Metric, type MetricUnit, metricUnit } from '../../aws/metric.ts';
import { DAY_MS } from '../../aws/time-units.ts';
import { type EmfDirective, EmfFormatError, readDirectives } from './emf-directives.ts';

/** Values of one metric in one line. */
export interface EmfMetric {
  metric: Metric;
  values: number[];
  unit: MetricUnit;
  resolutionSeconds: 1 | 60;
  /** Epoch milliseconds. */
  atMs: number;
}

/** A log line's metrics. */
export type EmfLine =
  | { kind: 'no metrics' }
  /** It looks like the format and isn't. */
  | { kind: 'unreadable'; reason: string }
  | { kind: 'metrics'; metrics: EmfMetric[]; problems: string[] };

const MARK = '"CloudWatchMetrics"';
const MAX_BYTES = 1_048_576;
const MAX_DIMENSION_VALUE_LENGTH = 1_024;
const MAX_VALUES = 100;
/** CloudWatch takes data of two weeks back to two hours ahead (API reference, "PutMetricData"). */
const OLDEST_MS = 14 * DAY_MS;
const NEWEST_MS = 2 * 3_600_000;

/**
 * Metrics in a log line (CloudWatch guide, "Specification: Embedded metric format"). Lambda's text format puts time, request
 * id and level before what a function wrote; a document behind them counts.
 */
export function readEmf(line: string, nowMs: number): EmfLine {
  if (!line.includes(MARK)) return { kind: 'no metrics' };
  if (Buffer.byteLength(line) > MAX_BYTES)
    return { kind: 'unreadable', reason: `it has over ${MAX_BYTES} bytes` };
  let root: unknown;
  try {
    root = parseJsonWithin(line.slice(line.lastIndexOf('\t', line.indexOf('{')) + 1), SHORT_LIMITS);
  } catch {
    return { kind: 'unreadable', reason: 'it is no JSON object' };
  }
  if (!isObject(root) || !isObject(root._aws)) return { kind: 'no metrics' };
  try {
    return readMetrics(root, root._aws, nowMs);
  } catch (error) {
    if (error instanceof EmfFormatError) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}

function readMetrics(
  root: Record<string, unknown>,
  metadata: Record<string, unknown>,
  nowMs: number,
): EmfLine {
  const { atMs, directives } = readDirectives(metadata);
  const problems: string[] = [];
  if (atMs < nowMs - OLDEST_MS || atMs > nowMs + NEWEST_MS) {
    problems.push(`_aws.Timestamp ${atMs} is not within two weeks back and two hours ahead`);
    return { kind: 'metrics', metrics: [], problems };
  }
  const metrics = directives.flatMap((directive) => {
    const sets = directive.dimensionSets.map((names) => dimensionsOf(root, names, problems));
    return directive.metrics.flatMap((definition) => {
      const values = valuesOf(root, definition.name, problems);
      const unit = metricUnit(definition.unit);
      if (!unit)
        problems.push(
          `the unit ${JSON.stringify(definition.unit)} of ${definition.name} is none of CloudWatch's`,
        );
      if (!values || !unit) return [];
      return sets.flatMap((dimensions) =>
        dimensions ? [emfMetric(directive, definition, { dimensions, values, unit, atMs })] : [],
      );
    });
  });
  return { kind: 'metrics', metrics, problems };
}

function emfMetric(
  { namespace }: EmfDirective,
  { name, resolutionSeconds }: EmfDirective['metrics'][number],
  { dimensions, ...rest }: { dimensions: Dimension[]; values: number[]; unit: MetricUnit; atMs: number },
): EmfMetric {
  return { metric: { namespace, name, dimensions }, resolutionSeconds, ...rest };
}

/** The dimensions that a set of names stands for, or undefined where a target is missing or no text. */
function dimensionsOf(
  root: Record<string, unknown>,
  names: string[],
  problems: string[],
): Dimension[] | undefined {
  const dimensions: Dimension[] = [];
  for (const name of names) {
    const value = Object.hasOwn(root, name) ? root[name] : undefined;
    if (typeof value !== 'string' || value === '' || value.length > MAX_DIMENSION_VALUE_LENGTH) {
      problems.push(
        `the dimension ${name} is no text of 1 to ${MAX_DIMENSION_VALUE_LENGTH} characters at the root`,
      );
      return undefined;
    }
    dimensions.push({ name, value });
  }
  return dimensions;
}

function valuesOf(root: Record<string, unknown>, name: string, problems: string[]): number[] | undefined {
  const target = Object.hasOwn(root, name) ? root[name] : undefined;
  const values: unknown[] = Array.isArray(target) ? target : [target];
  if (values.every((value) => typeof value === 'number') && values.length <= MAX_VALUES) return values;
  problems.push(`the metric ${name} is neither a number nor up to ${MAX_VALUES} numbers at the root`);
  return undefined;
}
