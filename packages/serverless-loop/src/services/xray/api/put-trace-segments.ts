import { parseObject } from '../../../aws/json-limits.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { list, required, structure, text } from '../../../aws/members.ts';
import { SEGMENT_ID, TRACE_ID } from '../../../aws/trace-header.ts';
import { onAll, operation } from '../context.ts';

/** X-Ray guide, "Quotas": segment document size. */
const MAX_BYTES = 65_536;

const UNPROCESSED = structure({ Id: text(), ErrorCode: text(), Message: text() });

/** Takes segment documents, each on its own: those that are no good are told, the others are kept. */
export const PUT_TRACE_SEGMENTS = operation({
  route: 'POST /TraceSegments',
  input: { TraceSegmentDocuments: required(list(text())) },
  output: { UnprocessedTraceSegments: list(UNPROCESSED) },
  needs: onAll,
  handle({ TraceSegmentDocuments: documents }, { take }) {
    const unprocessed = documents.flatMap((document) => {
      const isTooLarge = Buffer.byteLength(document) > MAX_BYTES;
      const segment = isTooLarge ? undefined : parseObject(document);
      const errorCode = isTooLarge ? 'SizeLimitExceeded' : segment ? faultIn(segment) : 'ParseError';
      if (errorCode !== undefined) return [refused(segment?.id, errorCode)];
      take(String(segment?.trace_id), document);
      return [];
    });
    return { UnprocessedTraceSegments: unprocessed };
  },
});

function refused(id: unknown, errorCode: string) {
  return {
    ...(typeof id === 'string' && { Id: id }),
    ErrorCode: errorCode,
    Message: `Invalid segment. ErrorCode: ${errorCode}`,
  };
}

/** The members that a segment must have (X-Ray guide, "Segment documents", Required segment fields). */
function faultIn(segment: JsonObject): string | undefined {
  const { id, trace_id: traceId, parent_id: parentId, name, start_time: start, end_time: end } = segment;
  if (id === undefined) return 'MissingId';
  if (typeof id !== 'string' || !SEGMENT_ID.test(id)) return 'InvalidId';
  if (traceId === undefined) return 'MissingTraceId';
  if (typeof traceId !== 'string' || !TRACE_ID.test(traceId)) return 'InvalidTraceId';
  if (typeof name !== 'string' || name === '' || name.length > 200) return 'InvalidName';
  if (typeof start !== 'number') return 'InvalidStartTime';
  if (typeof end !== 'number' && segment.in_progress !== true) return 'InvalidEndTime';
  const needsParent = segment.type === 'subsegment' || parentId !== undefined;
  if (needsParent && (typeof parentId !== 'string' || !SEGMENT_ID.test(parentId))) return 'InvalidParentId';
  return undefined;
}
