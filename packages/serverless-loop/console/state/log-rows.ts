import { isObject, type JsonObject } from '../../src/aws/json-object.ts';
import type { FactOnWire } from '../../src/console/fact-answer.ts';

/** A line of a log, with the parts that a structured one has. */
export interface LogRow {
  seq: number;
  time: string;
  functionName: string;
  requestId: string;
  source: 'function' | 'platform';
  /** In capitals; empty where the line tells none. */
  level: string;
  message: string;
  /** The rest of a structured line. */
  fields: JsonObject;
  traceId: string;
  line: string;
}

type LogFact = Extract<FactOnWire, { kind: 'log' }>;

/** The lines of all functions, in the order in which they came. A fact is read once: lists are drawn again and again. */
export function logRows(facts: readonly FactOnWire[]): LogRow[] {
  return facts.flatMap((fact) => (fact.kind === 'log' ? [rowOf(fact)] : []));
}

const read = new WeakMap<LogFact, LogRow>();

function rowOf(fact: LogFact): LogRow {
  const known = read.get(fact);
  if (known) return known;
  const { seq, functionName, requestId = '', source, line, timestamp } = fact;
  const time = new Date(timestamp).toISOString();
  const row = { seq, time, functionName, requestId, source, line, traceId: '', ...partsOf(line) };
  read.set(fact, row);
  return row;
}

type Parts = Pick<LogRow, 'level' | 'message' | 'fields'> & Partial<Pick<LogRow, 'traceId'>>;

function partsOf(line: string): Parts {
  if (line.startsWith('{')) {
    const object = parsed(line);
    if (object) return partsOfObject(object);
  }
  // Node's runtime begins a line of text so (Lambda guide, "Log and monitor Node.js Lambda functions").
  const [, level, message] = /^\S+Z\t\S+\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t(.*)$/s.exec(line) ?? [];
  return { level: level ?? '', message: (message ?? line).trimEnd(), fields: {} };
}

function partsOfObject(object: JsonObject): Parts {
  const { level, message, timestamp: _, xray_trace_id: traceId, ...fields } = object;
  if (typeof object.type === 'string' && isObject(object.record))
    return { level: '', message: platformWords(object.type, object.record), fields: object.record };
  if (isObject(object._aws)) return { level: '', message: metricWords(object, object._aws), fields: object };
  return {
    level: typeof level === 'string' ? level.toUpperCase() : '',
    message: typeof message === 'string' ? message : JSON.stringify(message ?? object),
    fields,
    ...(typeof traceId === 'string' && { traceId }),
  };
}

/** A record of the platform by its type and, of a report, what it cost. */
function platformWords(type: string, { metrics, status }: JsonObject): string {
  const words = [type.replace(/^platform\./, '')];
  if (typeof status === 'string') words.push(status);
  if (isObject(metrics))
    for (const [name, unit] of [
      ['durationMs', 'ms'],
      ['initDurationMs', 'ms of init'],
      ['maxMemoryUsedMB', 'MB'],
    ] as const)
      if (typeof metrics[name] === 'number') words.push(`${metrics[name]} ${unit}`);
  return words.join(', ');
}

/** Metrics in a line by name and value (CloudWatch guide, "Embedded metric format"). */
function metricWords(object: JsonObject, { CloudWatchMetrics: directives }: JsonObject): string {
  const names = (Array.isArray(directives) ? directives : []).flatMap((directive) =>
    isObject(directive) && Array.isArray(directive.Metrics) ? directive.Metrics : [],
  );
  const told = names.flatMap((metric) =>
    isObject(metric) && typeof metric.Name === 'string'
      ? [`${metric.Name} ${String(object[metric.Name])}`]
      : [],
  );
  return `metrics: ${told.join(', ')}`;
}

function parsed(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The fields that most of these lines have, the most frequent first: columns that are worth their room. */
export function frequentFields(rows: readonly LogRow[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { source, fields } of rows)
    if (source === 'function' && !('_aws' in fields))
      for (const [name, value] of Object.entries(fields))
        if (typeof value !== 'object') counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name]) => name);
}
