import type { Call } from './aws-stand-in.ts';

/** Differ from run to run, whatever the code is. */
const TIMES = [
  'timestamp',
  'Timestamp',
  'createdAt',
  'durationMs',
  'OrderProcessingTime',
  'sinceCreatedMs',
  'totalRetryDelay',
  'start_time',
  'end_time',
];
const SIGNED = ['authorization', 'x-amz-date', 'x-amz-content-sha256', 'amz-sdk-invocation-id', 'host'];
const HEX_ID = /\b[0-9a-f]{16}\b/g;
/** Frames that are compared: a stack is cut off at ten, and Node's own frames are taken out. */
const FRAMES = 5;

/** A line of output without times, and of stacks the files and lines: the names of functions are minified. */
export function comparableLine(line: string): unknown {
  try {
    return comparable(JSON.parse(line));
  } catch {
    return comparableText(line);
  }
}

/** The content of a call and its caller, without ids, dates and signatures. */
export function comparableCall({ operation, input, headers }: Call, nameOf: (id: string) => string) {
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !SIGNED.includes(name)));
  const trace = String(headers['x-amzn-trace-id'] ?? 'none').replace(HEX_ID, nameOf);
  const credential = /Credential=\w+/.exec(String(headers.authorization))?.[0];
  return { operation, input: comparable(input), headers: { ...plain, 'x-amzn-trace-id': trace, credential } };
}

/**
 * Subsegments with the path of their names for their id, in one order: of those at work at the same time, either may
 * end first.
 */
export function comparableTraces(documents: unknown[]) {
  const subsegments = documents.filter(isFields);
  const byId = new Map(subsegments.map((each) => [each.id, each]));
  const nameOf = (id: unknown): string => {
    const subsegment = byId.get(id);
    return subsegment ? `${nameOf(subsegment.parent_id)}/${subsegment.name}` : '';
  };
  const traces = subsegments.map((subsegment) =>
    comparable({ ...subsegment, path: nameOf(subsegment.id), parent: nameOf(subsegment.parent_id) }),
  );
  return { traces: traces.map((each) => JSON.stringify(each)).sort(), nameOf };
}

function comparable(value: unknown): unknown {
  if (typeof value === 'string') return comparableText(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (!isFields(value)) return value;
  const fields = Object.entries(value).map(([key, field]) => {
    if (key === 'stack' && Array.isArray(field)) return [key, field.flatMap(placeOf).slice(0, FRAMES)];
    return [key, TIMES.includes(key) ? typeof field : comparable(field)];
  });
  return Object.fromEntries(fields);
}

/** The place of a frame of X-Ray's; none when it is Node's own. */
function placeOf(frame: unknown): string[] {
  return isFields(frame) && String(frame.path).startsWith('/') ? [`${frame.path}:${frame.line}`] : [];
}

function comparableText(text: string): string {
  return placesIn(text)
    .replace(HEX_ID, 'an id')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time')
    .replace(/_time":[\d.]+/g, '_time":0')
    .replace(/127\.0\.0\.1:\d+/g, 'an address');
}

/** A text with the places alone of the stack in it, if any. */
function placesIn(text: string): string {
  const [message = '', ...frames] = text.split(/(?:^|\n) +at /);
  const places = frames.flatMap((frame) => /(?<=^|[ (])\/[^ ():]+:\d+/.exec(frame)?.[0] ?? []);
  return [message, ...places.slice(0, FRAMES)].join(' at ');
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
