import type { JsonObject } from '../aws/json-object.ts';
import { inferredSegmentId } from '../aws/trace-header.ts';
import { attributesOf, type KeyValue } from './attributes.ts';
import { objectOf, segmentAttributes } from './segment-attributes.ts';

/** A span as OTLP's JSON has it (opentelemetry-proto, trace.proto). */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  status: { code?: number; message?: string };
  events: { name: string; timeUnixNano: string; attributes: KeyValue[] }[];
  links: { traceId: string; spanId: string; attributes: KeyValue[] }[];
}

const KIND = { internal: 1, server: 2, client: 3, consumer: 5 } as const;
const STATUS_ERROR = 2;
const TRACE_ID = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i;
const SPAN_ID = /^[0-9a-f]{16}$/i;

/** A segment and all within it as spans; none for what is still in progress or has no ids that fit. */
export function spansOf(document: JsonObject): Span[] {
  const traceId = traceIdOf(document.trace_id);
  return traceId === undefined ? [] : spansWithin(document, traceId, document.parent_id);
}

function spansWithin(segment: JsonObject, traceId: string, parentId: unknown): Span[] {
  const { id, start_time: start, end_time: end, subsegments } = segment;
  const children = Array.isArray(subsegments) ? subsegments.map(objectOf) : [];
  const below = children.flatMap((child) => spansWithin(child, traceId, id));
  if (typeof id !== 'string' || !SPAN_ID.test(id) || typeof start !== 'number' || typeof end !== 'number')
    return below;
  const span: Span = {
    traceId,
    spanId: id.toLowerCase(),
    ...(typeof parentId === 'string' ? { parentSpanId: parentId.toLowerCase() } : {}),
    name: nameOf(segment),
    kind: kindOf(segment),
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(end),
    attributes: segmentAttributes(segment),
    status: statusOf(segment),
    events: exceptionsOf(segment).map((exception) => exceptionEvent(exception, nanos(end))),
    links: linksOf(segment),
  };
  return [span, ...busOf(segment, span), ...below];
}

/** The bus, as X-Ray infers it: the targets of an event name it as their parent. */
function busOf({ namespace, aws }: JsonObject, call: Span): Span[] {
  if (namespace !== 'aws' || objectOf(aws).operation !== 'PutEvents') return [];
  const { traceId, spanId, startTimeUnixNano, endTimeUnixNano, status } = call;
  return [
    {
      traceId,
      spanId: inferredSegmentId(spanId),
      parentSpanId: spanId,
      name: 'Events',
      kind: KIND.server,
      startTimeUnixNano,
      endTimeUnixNano,
      attributes: attributesOf({ 'aws.xray.origin': 'AWS::Events', 'aws.xray.inferred': true }),
      status,
      events: [],
      links: [],
    },
  ];
}

/** A call by an SDK as OpenTelemetry names it, `Service/Operation`; else as the segment is called. */
function nameOf({ name, namespace, aws }: JsonObject): string {
  const { operation } = objectOf(aws);
  return namespace === 'aws' && typeof operation === 'string' ? `${name}/${operation}` : String(name ?? '');
}

function kindOf({ namespace, origin, http }: JsonObject): number {
  if (namespace !== undefined) return KIND.client;
  // Lambda's answer to an event for its queue.
  if (objectOf(objectOf(http).response).status === 202) return KIND.consumer;
  return origin === undefined ? KIND.internal : KIND.server;
}

function statusOf(segment: JsonObject): Span['status'] {
  if (segment.fault !== true && segment.error !== true && segment.throttle !== true) return {};
  const message = exceptionsOf(segment)[0]?.message;
  return { code: STATUS_ERROR, ...(typeof message === 'string' ? { message } : {}) };
}

function exceptionsOf({ cause }: JsonObject): JsonObject[] {
  const { exceptions } = objectOf(cause);
  return Array.isArray(exceptions) ? exceptions.map(objectOf) : [];
}

function exceptionEvent({ type, message, stack }: JsonObject, timeUnixNano: string): Span['events'][number] {
  const frames = Array.isArray(stack) ? stack.map(objectOf) : [];
  const stacktrace = frames.map(({ label, path, line }) => `    at ${label} (${path}:${line})`).join('\n');
  return {
    name: 'exception',
    timeUnixNano,
    attributes: attributesOf({
      'exception.type': type,
      'exception.message': message,
      'exception.stacktrace': stacktrace === '' ? undefined : stacktrace,
    }),
  };
}

function linksOf({ links }: JsonObject): Span['links'] {
  const all = Array.isArray(links) ? links.map(objectOf) : [];
  return all.flatMap(({ trace_id, id, attributes }) => {
    const traceId = traceIdOf(trace_id);
    if (traceId === undefined || typeof id !== 'string') return [];
    return [{ traceId, spanId: id.toLowerCase(), attributes: attributesOf(objectOf(attributes)) }];
  });
}

/** X-Ray's id without its version and hyphens, as W3C trace context has it. */
function traceIdOf(value: unknown): string | undefined {
  const [, epoch, rest] = typeof value === 'string' ? (TRACE_ID.exec(value) ?? []) : [];
  return epoch === undefined || rest === undefined ? undefined : `${epoch}${rest}`.toLowerCase();
}

/** Epoch seconds to nanoseconds; a double has microseconds at most. */
function nanos(epochSeconds: number): string {
  return String(BigInt(Math.round(epochSeconds * 1_000_000)) * 1_000n);
}
