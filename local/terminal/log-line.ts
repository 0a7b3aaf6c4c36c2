import { isObject } from '../aws/json-object.ts';
import type { Fact } from '../facts.ts';
import type { Colour, Paint } from './colour.ts';

type LogFact = Extract<Fact, { kind: 'log' }>;

const LEVELS: Record<string, Colour> = {
  TRACE: 'dim',
  DEBUG: 'dim',
  INFO: 'cyan',
  WARN: 'yellow',
  ERROR: 'red',
  CRITICAL: 'red',
  FATAL: 'red',
};

/** What a structured line says of its surroundings, which the lines around it say already. */
const SURROUNDINGS =
  /^(level|message|timestamp|time|service|sampling_rate|xray_trace_id|requestId|cold_start|function_.*)$/;

/**
 * A function's log line, behind its name: JSON logs as level, message and fields, metrics in the embedded
 * format as name and value, all else as it is.
 */
export function logLine(
  fact: LogFact,
  options: { paint: Paint; short: (name: string) => string; platformLogs: boolean },
): string | undefined {
  const { paint } = options;
  const name = options.short(fact.functionName);
  if (fact.source === 'platform')
    return options.platformLogs ? paint('dim', `${name} | ${fact.line}`) : undefined;
  return `${paint('dim', `${name} |`)} ${readable(fact.line, paint)}`;
}

function readable(line: string, paint: Paint): string {
  const record = parseObject(line);
  if (!record) return line;
  const metrics = metricValues(record);
  if (metrics) return `${paint('magenta', 'METRIC')} ${metrics}`;
  const { level, message } = record;
  if (typeof level !== 'string' || typeof message !== 'string') return line;
  const fields = Object.entries(record)
    .filter(([key]) => !SURROUNDINGS.test(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    // Short ones first, so that ids don't push them off the screen.
    .sort((a, b) => a.length - b.length)
    .map((field) => paint('dim', field));
  return [paint(LEVELS[level.toUpperCase()] ?? 'cyan', level.toUpperCase()), message, ...fields].join(' ');
}

/** `name value` for each metric of a line in the embedded metric format, or undefined for any other line. */
function metricValues(record: Record<string, unknown>): string | undefined {
  const directives = asRecord(record._aws)?.CloudWatchMetrics;
  if (!Array.isArray(directives)) return undefined;
  return directives
    .flatMap((directive) => asRecord(directive)?.Metrics ?? [])
    .map((metric) => asRecord(metric)?.Name)
    .filter((name) => typeof name === 'string')
    .map((name) => `${name}=${JSON.stringify(record[name])}`)
    .join(' ');
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? value : undefined;
}
