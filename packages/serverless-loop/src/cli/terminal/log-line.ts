import { isObject } from '../../aws/json-object.ts';
import { parsedJson } from '../../aws/parsed-json.ts';
import type { Fact } from '../../facts.ts';
import type { Colour, Paint } from './colour.ts';
import { errorRows, frameRows } from './error-rows.ts';
import { type LoggedError, loggedError, nameOf, textWithStack } from './logged-error.ts';
import type { Told } from './told.ts';

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

/** Fields of a structured line that tell of its surroundings, as the lines around it do already. */
const SURROUNDINGS =
  /^(level|message|timestamp|time|service|sampling_rate|xray_trace_id|requestId|cold_start|function_.*)$/;

/** Members of an error that stand beside a line's own. */
const ERROR_MEMBERS = ['errorType', 'errorMessage', 'stackTrace', 'stack'];

export interface LogLineOptions {
  paint: Paint;
  short: (name: string) => string;
  /** A request's or an order's id as it is shown. */
  id: (text: string) => string;
  platformLogs: boolean;
  /** All that was logged: every error each time, with every frame. */
  verbose: boolean;
  told: Told;
}

/**
 * A function's log line, behind its name: JSON logs as level, message and fields, metrics in the embedded format as name
 * and value, errors with their stacks in rows below it, all else as it is. Undefined for what adds nothing to what was
 * shown: the runtime logs again what a function has logged and thrown on.
 */
export function logLine(fact: LogFact, options: LogLineOptions): string | undefined {
  const { paint } = options;
  const name = options.short(fact.functionName);
  if (fact.source === 'platform')
    return options.platformLogs ? paint('dim', `${name} | ${fact.line}`) : undefined;
  const text = readable(fact, options);
  return text === undefined ? undefined : `${paint('dim', `${name} |`)} ${text}`;
}

function readable(fact: LogFact, options: LogLineOptions): string | undefined {
  const { paint } = options;
  const record = parseObject(fact.line);
  if (!record) return readableText(fact, options);
  const metrics = metricValues(record);
  if (metrics) return `${paint('magenta', 'METRIC')} ${metrics}`;
  const { level } = record;
  if (typeof level !== 'string') return fact.line;
  const shownLevel = paint(LEVELS[level.toUpperCase()] ?? 'cyan', level.toUpperCase());

  const { message, errors, fields } = partsOf(record);
  if (message === undefined && errors.length === 0) return fact.line;
  const untold = errors.filter((error) => isUntold(fact, error, options));
  if (message === undefined && untold.length === 0) return undefined;
  const shownFields = fields
    .map(([key, value]) => `${key}=${options.id(typeof value === 'string' ? value : JSON.stringify(value))}`)
    // Short ones first, so that ids don't push them off the screen.
    .sort((a, b) => a.length - b.length)
    .map((field) => paint('dim', field));
  const said = [shownLevel, ...(message === undefined ? [] : [message])].join(' ');
  const line = [said, ...shownFields].join(' ');
  const isRepeated = errors.length > 0 && !options.told.isNew(requestOf(fact), line);
  if (isRepeated && untold.length === 0) return `${said}, as before`;
  return [line, ...untold.flatMap((error) => errorRows(error, options))].join('\n');
}

/** A structured line's message, the errors that it tells of, and what else it says but its surroundings. */
function partsOf(record: Record<string, unknown>): {
  message?: string;
  errors: LoggedError[];
  fields: [string, unknown][];
} {
  // An error that is logged beside a text has its members beside the text.
  const itself = 'errorMessage' in record ? loggedError(record) : undefined;
  const members = Object.entries(record)
    .filter(([key]) => key === 'message' || !SURROUNDINGS.test(key))
    .map(([key, value]) => ({ key, value, error: loggedError(value) }));
  const message = typeof record.message === 'string' ? { message: record.message } : {};
  return {
    ...message,
    errors: [itself, ...members.map(({ error }) => error)].filter((error) => error !== undefined),
    fields: members
      .filter(({ key, error }) => error === undefined && !(key === 'message' && 'message' in message))
      .filter(({ key }) => itself === undefined || !ERROR_MEMBERS.includes(key))
      .map(({ key, value }) => [key, value]),
  };
}

/** Reads the text that Lambda's runtime writes of an error that a function threw, and a text that ends with a stack. */
function readableText(fact: LogFact, options: LogLineOptions): string | undefined {
  const { paint } = options;
  const [, level, title, json = ''] = /\t(ERROR|FATAL)\t([^\t{]*)\t(\{.*)$/s.exec(fact.line) ?? [];
  const error = loggedError(parseObject(json));
  if (error) {
    if (!isUntold(fact, error, options)) return undefined;
    return [`${paint('red', level ?? '')} ${title?.trim()}`, ...errorRows(error, options)].join('\n');
  }
  const traced = textWithStack(fact.line);
  return traced ? [traced.above, ...frameRows(traced.frames, options)].join('\n') : fact.line;
}

function isUntold(fact: LogFact, error: LoggedError, { told, verbose }: LogLineOptions): boolean {
  const request = requestOf(fact);
  told.isNew(request, nameOf(error));
  // Not by its type: the runtime's is that of the class, which a minified bundle has another name for.
  return told.isNew(request, [error.message, error.frames[0]].join('\n')) || verbose;
}

/** An initialisation's lines have no request. */
function requestOf({ requestId, logStream }: LogFact): string {
  return requestId ?? logStream;
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
  return asRecord(parsedJson(line));
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? value : undefined;
}
