import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import { isObject } from '../../../aws/json-object.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import type { XRayHandler } from '../context.ts';
import { readInput, requiredTexts } from './input.ts';

const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
const SEGMENT_ID = /^[0-9a-f]{16}$/i;
/** X-Ray guide, "Quotas": segment document size. */
const MOST_BYTES = 65_536;

/** Takes segment documents, each on its own: what is no good one is answered, the others are kept. */
export const putTraceSegments: XRayHandler = (request, { take }) => {
  const unprocessed: JsonObject[] = [];
  for (const document of requiredTexts(readInput(request), 'TraceSegmentDocuments')) {
    const isTooLarge = Buffer.byteLength(document) > MOST_BYTES;
    const segment = isTooLarge ? undefined : parse(document);
    const errorCode = isTooLarge ? 'SizeLimitExceeded' : segment ? faultIn(segment) : 'ParseError';
    if (errorCode === undefined) take(String(segment?.trace_id), document);
    else {
      unprocessed.push({
        ...(typeof segment?.id === 'string' ? { Id: segment.id } : {}),
        ErrorCode: errorCode,
        Message: `Invalid segment. ErrorCode: ${errorCode}`,
      });
    }
  }
  return { UnprocessedTraceSegments: unprocessed };
};

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

function parse(document: string): JsonObject | undefined {
  try {
    const value = parseJsonWithin(document, SHORT_LIMITS);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
