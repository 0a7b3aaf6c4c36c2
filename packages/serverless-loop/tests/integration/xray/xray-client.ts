import { setTimeout as pause } from 'node:timers/promises';
import type { Loop } from '../../../src/loop/loop.ts';

/** A segment or subsegment as BatchGetTraces gives it. */
export interface SegmentDocument {
  id: string;
  name: string;
  start_time: number;
  end_time?: number;
  parent_id?: string;
  origin?: string;
  fault?: boolean;
  error?: boolean;
  throttle?: boolean;
  http?: { response?: { status?: number } };
  aws?: { operation?: string };
  cause?: { exceptions: { type?: string; message?: string }[] };
  subsegments?: SegmentDocument[];
}

export interface TraceSummary {
  Id: string;
  HasFault: boolean;
  HasThrottle: boolean;
  IsPartial: boolean;
  Revision: number;
  [member: string]: unknown;
}

/** X-Ray's API of a loop, spoken as SDKs speak it. */
export function xrayClient({ endpoint }: Pick<Loop, 'endpoint'>) {
  async function call(
    path: string,
    input: object,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(endpoint + path, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20261123/eu-west-1/xray/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    const body: unknown = await answer.json();
    return { status: answer.status, body: { ...(typeof body === 'object' ? body : {}) } };
  }

  async function summaries(filter?: string): Promise<TraceSummary[]> {
    const now = Date.now() / 1000;
    const range = { StartTime: now - 3600, EndTime: now + 5 };
    const { status, body } = await call('/TraceSummaries', {
      ...range,
      ...(filter !== undefined && { FilterExpression: filter }),
    });
    if (status !== 200 || !Array.isArray(body.TraceSummaries)) throw new Error(JSON.stringify(body));
    return body.TraceSummaries;
  }

  async function segments(traceId: string): Promise<SegmentDocument[]> {
    const { body } = await call('/Traces', { TraceIds: [traceId] });
    if (!Array.isArray(body.Traces)) throw new Error(JSON.stringify(body));
    const documents: { Document: string }[] = body.Traces.flatMap(({ Segments }) => Segments);
    return documents.map(({ Document }) => JSON.parse(Document));
  }

  return {
    call,
    summaries,
    segments,
    /** The segments of a trace once they are as asked. */
    async until(
      traceId: string,
      isDone: (segments: SegmentDocument[]) => boolean,
    ): Promise<SegmentDocument[]> {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = await segments(traceId);
        if (isDone(found)) return found;
        if (Date.now() > deadline) throw new Error(`the trace stayed as it is:\n${treeOf(found)}`);
        await pause(20);
      }
    },
  };
}

/** A trace as an indented text: who called whom, with origin or operation, status and outcome. */
export function treeOf(
  segments: SegmentDocument[],
  short: (name: string) => string = (name) => name,
): string {
  const ids = new Set(segments.flatMap(idsWithin));
  const lines: string[] = [];
  function write(segment: SegmentDocument, depth: number): void {
    const { id, name, origin, aws, http, subsegments = [] } = segment;
    const words = [
      short(name),
      origin ?? aws?.operation,
      http?.response?.status,
      ...(['throttle', 'error', 'fault'] as const).filter((flag) => segment[flag]),
    ];
    lines.push(`${'  '.repeat(depth)}${words.filter((word) => word !== undefined).join(' ')}`);
    const called = segments.filter(({ parent_id }) => parent_id === id);
    for (const below of [...subsegments, ...called]) write(below, depth + 1);
  }
  for (const segment of segments) {
    if (segment.parent_id === undefined || !ids.has(segment.parent_id)) write(segment, 0);
  }
  return lines.join('\n');
}

/** True when it has this many segments of an origin. */
export function has(origin: string, count = 1): (segments: SegmentDocument[]) => boolean {
  return (segments) => segments.filter((segment) => segment.origin === origin).length >= count;
}

export function idsWithin({ id, subsegments = [] }: SegmentDocument): string[] {
  return [id, ...subsegments.flatMap(idsWithin)];
}

/** A segment or subsegment of a name, wherever it is. */
export function named(segments: SegmentDocument[], name: string): SegmentDocument {
  const [found] = segments.flatMap((segment) => everyNamed(segment, name));
  if (!found) throw new Error(`no segment ${name} in\n${treeOf(segments)}`);
  return found;
}

function everyNamed(segment: SegmentDocument, name: string): SegmentDocument[] {
  const below = (segment.subsegments ?? []).flatMap((child) => everyNamed(child, name));
  return segment.name === name ? [segment, ...below] : below;
}
