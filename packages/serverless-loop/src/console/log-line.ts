import { isObject, type JsonObject } from '../aws/json-object.ts';
import type { FactOnWire } from './fact-answer.ts';

/** A line of a function's log, read as what wrote it meant it. */
export interface LogLine {
  seq: number;
  time: string;
  functionName: string;
  requestId?: string;
  /** Of the invocation that wrote it. */
  traceId?: string;
  source: 'function' | 'platform';
  /** In upper case: TRACE, DEBUG, INFO, WARN, ERROR, FATAL. */
  level?: string;
  message: string;
  /** Members of a structured line, but for its level, its message and its time. */
  fields: JsonObject;
  /** As it came. */
  line: string;
}

export type LogFact = Extract<FactOnWire, { kind: 'log' }>;

export function logLine(fact: LogFact): LogLine {
  const { seq, functionName, requestId, source, line, timestamp } = fact;
  const read = structured(line) ?? plain(line);
  const { xray_trace_id: given } = read.fields;
  return {
    seq,
    time: new Date(timestamp).toISOString(),
    functionName,
    ...(requestId !== undefined && { requestId }),
    ...(typeof given === 'string' && { traceId: given }),
    source,
    ...read,
    line,
  };
}

type ReadLine = Pick<LogLine, 'level' | 'message' | 'fields'>;

/** A line of JSON, as Powertools and Lambda's own JSON format write it (Lambda guide, "JSON log format"). */
function structured(line: string): ReadLine | undefined {
  // Node's text format puts time, request id and level before the text, which may be JSON all the same.
  const start = /^(?:[\w.:-]+\t[\w-]+\t[A-Z]+\t)?\{/.exec(line)?.[0].length;
  if (start === undefined) return undefined;
  const members = parsed(line.slice(start - 1));
  if (!members) return undefined;
  const { level, message, msg, timestamp: _timestamp, time: _time, ...others } = members;
  const said = message ?? msg ?? (isObject(others.record) ? others.type : undefined);
  if (said === undefined && level === undefined) return { ...plain(line), fields: members };
  return {
    ...(typeof level === 'string' && { level: level.toUpperCase() }),
    message: typeof said === 'string' ? said : said === undefined ? '' : JSON.stringify(said),
    fields: others,
  };
}

/** By the formats of the runtimes of Node and Python (Lambda guide, "Log and monitor Node.js/Python Lambda functions"). */
function plain(line: string): ReadLine {
  const node = /^[\d:.TZ-]+\t[\w-]+\t([A-Z]+)\t([\s\S]*)$/.exec(line);
  const python = /^\[([A-Z]+)\]\t[\d:.TZ-]+\t[\w-]+\t([\s\S]*)$/.exec(line);
  const [, level, message = line] = node ?? python ?? [];
  if (level !== undefined) return { level, message, fields: {} };
  return { ...(/^\[ERROR\]|^[A-Z]\w*Error\b/.test(line) && { level: 'ERROR' }), message: line, fields: {} };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
