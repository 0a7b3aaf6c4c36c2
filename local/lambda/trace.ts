import { randomBytes } from 'node:crypto';

/** The trace that an invocation belongs to. */
export interface Trace {
  /** The header as the function is told it. */
  header: string;
  traceId: string;
  segmentId: string;
  sampled: boolean;
}

/**
 * Continues the trace of an `X-Amzn-Trace-Id` header (X-Ray guide, "Tracing header"). Lambda's active tracing starts
 * one where there is none; the loop samples every one of those. Undefined when the invocation has no trace.
 */
export function traceOf(
  header: string | undefined,
  tracing: 'Active' | 'PassThrough',
  nowMs: number,
): Trace | undefined {
  const fields = new Map(header?.split(';').map((field) => splitField(field)));
  const root = fields.get('Root');
  if (tracing === 'PassThrough') {
    if (header === undefined || root === undefined) return undefined;
    return {
      header,
      traceId: root,
      segmentId: fields.get('Parent') ?? '',
      sampled: fields.get('Sampled') === '1',
    };
  }
  const traceId =
    root ??
    `1-${Math.floor(nowMs / 1000)
      .toString(16)
      .padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
  const segmentId = fields.get('Parent') ?? randomBytes(8).toString('hex');
  const sampled = fields.get('Sampled') !== '0';
  const isWhole = root !== undefined && fields.has('Parent') && fields.has('Sampled');
  return {
    header:
      isWhole && header !== undefined
        ? header
        : `Root=${traceId};Parent=${segmentId};Sampled=${sampled ? 1 : 0}`,
    traceId,
    segmentId,
    sampled,
  };
}

function splitField(field: string): [string, string] {
  const [name = '', value = ''] = field.trim().split('=', 2);
  return [name, value];
}
