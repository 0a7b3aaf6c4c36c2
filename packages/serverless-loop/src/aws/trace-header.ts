import { randomUUID } from 'node:crypto';
import { digest } from './digest.ts';

/** The fields of an `X-Amzn-Trace-Id` (X-Ray guide, "Tracing header"). */
export interface TraceHeader {
  root: string;
  /** The segment that called. */
  parent?: string;
  /** Absent where the decision is left to whoever comes next. */
  sampled?: boolean;
  /** Further fields as they came, such as `Lineage=…`. */
  others: string[];
}

/** Of a trace. */
export const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
export const SEGMENT_ID = /^[0-9a-f]{16}$/i;
const DECISION = /^[01?]$/;

/** Reads a header; an invalid one says nothing. */
export function parseTraceHeader(text: string | undefined): TraceHeader | undefined {
  let root: string | undefined;
  let parent: string | undefined;
  let decision = '?';
  const others: string[] = [];
  for (const field of text?.split(';') ?? []) {
    const trimmed = field.trim();
    if (trimmed.startsWith('Root=')) root = trimmed.slice(5);
    else if (trimmed.startsWith('Parent=')) parent = trimmed.slice(7);
    else if (trimmed.startsWith('Sampled=')) decision = trimmed.slice(8);
    else if (trimmed !== '') others.push(trimmed);
  }
  if (root === undefined || !TRACE_ID.test(root) || !DECISION.test(decision)) return undefined;
  if (parent !== undefined && !SEGMENT_ID.test(parent)) return undefined;
  return {
    root,
    ...(parent === undefined ? {} : { parent }),
    ...(decision === '?' ? {} : { sampled: decision === '1' }),
    others,
  };
}

export function formatTraceHeader({ root, parent, sampled, others }: TraceHeader): string {
  const fields = [`Root=${root}`];
  if (parent !== undefined) fields.push(`Parent=${parent}`);
  if (sampled !== undefined) fields.push(`Sampled=${sampled ? 1 : 0}`);
  return [...fields, ...others].join(';');
}

/** The time is a part of it: by that X-Ray finds a trace. */
export function newTraceId(nowMs: number): string {
  const epoch = Math.floor(nowMs / 1000);
  return `1-${epoch.toString(16).padStart(8, '0')}-${newSegmentId()}${newSegmentId().slice(8)}`;
}

/** Of the random digits of a UUID: Node makes those ahead, which saves a call into the system for each. */
export function newSegmentId(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(28);
}

/**
 * The id of the segment that X-Ray infers from a subsegment, for a service that sends none of its own. It follows from
 * the subsegment's, so that the service can name it to its targets as their parent before anyone has inferred it.
 */
export function inferredSegmentId(subsegmentId: string): string {
  return digest(subsegmentId) + digest(`inferred ${subsegmentId}`);
}
