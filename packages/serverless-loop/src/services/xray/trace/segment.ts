import { isObject, type JsonObject } from '../../../aws/json-object.ts';

/** A segment or subsegment (X-Ray guide, "Segment documents"). */
export interface Segment {
  id: string;
  name: string;
  /** Epoch seconds. */
  startTime: number;
  /** Absent while it is in progress. */
  endTime?: number;
  parentId?: string;
  /** Sent apart from the segment that it belongs to. */
  isSubsegment: boolean;
  error: boolean;
  fault: boolean;
  throttle: boolean;
  isInferred: boolean;
  /** The kind of resource, such as `AWS::Lambda::Function`. */
  origin?: string;
  /** Of a subsegment that is a call: `aws` or `remote`. */
  namespace?: string;
  http: HttpData;
  annotations: [string, string | number | boolean][];
  user?: string;
  aws: JsonObject;
  resourceArn?: string;
  exceptions: { name?: string; message?: string; remote: boolean }[];
  subsegments: Segment[];
  /** As it came, but for its subsegments. */
  document: JsonObject;
}

export interface HttpData {
  url?: string;
  method?: string;
  userAgent?: string;
  clientIp?: string;
  status?: number;
}

/** Deeper than people nest; what is below is left out. */
const DEEPEST = 40;

/** Reads a document; undefined when it is no segment. */
export function parseSegment(value: unknown, depth = 0): Segment | undefined {
  if (!isObject(value) || depth > DEEPEST) return undefined;
  const { subsegments, ...document } = value;
  const { id, name, start_time: startTime } = document;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof startTime !== 'number') return undefined;
  const children = Array.isArray(subsegments) ? subsegments : [];
  return {
    id,
    name,
    startTime,
    ...(typeof document.end_time === 'number' ? { endTime: document.end_time } : {}),
    ...text('parentId', document.parent_id),
    isSubsegment: document.type === 'subsegment',
    error: document.error === true,
    fault: document.fault === true,
    throttle: document.throttle === true,
    isInferred: document.inferred === true,
    ...text('origin', document.origin),
    ...text('namespace', document.namespace),
    http: httpOf(objectOf(document.http)),
    annotations: Object.entries(objectOf(document.annotations)).filter(isAnnotation),
    ...text('user', document.user),
    aws: objectOf(document.aws),
    ...text('resourceArn', document.resource_arn),
    exceptions: exceptionsOf(document.cause),
    subsegments: children
      .map((child) => parseSegment(child, depth + 1))
      .filter((child) => child !== undefined),
    document,
  };
}

/** The document, its subsegments with it. */
export function renderSegment({ document, subsegments }: Segment): JsonObject {
  return subsegments.length === 0
    ? document
    : { ...document, subsegments: subsegments.map((child) => renderSegment(child)) };
}

/** A segment and all within it, outer ones first. */
export function within(segment: Segment): Segment[] {
  const all = [segment];
  // The list grows while it is read: no recursion, however deep it goes.
  for (const each of all) for (const child of each.subsegments) all.push(child);
  return all;
}

/** The segment that each id is in: the search for it in all of them takes the square of their number. */
export function ownersOf(segments: readonly Segment[]): Map<string, Segment> {
  return new Map(segments.flatMap((owner) => within(owner).map(({ id }) => [id, owner] as const)));
}

/** Seconds; nothing so far while it is in progress. */
export function durationOf({ startTime, endTime = startTime }: Segment): number {
  return endTime - startTime;
}

function httpOf(http: JsonObject): HttpData {
  const request = objectOf(http.request);
  const { status } = objectOf(http.response);
  return {
    ...text('url', request.url),
    ...text('method', request.method),
    ...text('userAgent', request.user_agent),
    ...text('clientIp', request.client_ip),
    ...(typeof status === 'number' ? { status } : {}),
  };
}

function exceptionsOf(cause: unknown): Segment['exceptions'] {
  const { exceptions } = objectOf(cause);
  if (!Array.isArray(exceptions)) return [];
  return exceptions.map(objectOf).map(({ type, message, remote }) => ({
    ...text('name', type),
    ...text('message', message),
    remote: remote === true,
  }));
}

function isAnnotation(entry: [string, unknown]): entry is [string, string | number | boolean] {
  return ['string', 'number', 'boolean'].includes(typeof entry[1]);
}

function text<K extends string>(key: K, value: unknown): { [P in K]?: string } {
  if (typeof value !== 'string') return {};
  const member: { [P in K]?: string } = {};
  member[key] = value;
  return member;
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Seconds to the millisecond, as X-Ray tells durations. */
export function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
