import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';

const MEMBER = Buffer.from('"trace_id":"');

/**
 * The trace that a document belongs to; undefined when it says none. Most documents name it once, and are not parsed
 * for it: that is left for when somebody asks, which for most never happens.
 */
export function traceIdOf(document: Buffer): string | undefined {
  const at = document.indexOf(MEMBER);
  const isOnlyOne = at >= 0 && document.indexOf(MEMBER, at + MEMBER.length) < 0;
  if (!isOnlyOne) return parsedTraceId(document);
  const start = at + MEMBER.length;
  const end = document.indexOf('"', start);
  return end < 0 ? undefined : document.toString('latin1', start, end);
}

function parsedTraceId(document: Buffer): string | undefined {
  try {
    const segment = parseJsonWithin(document.toString(), SHORT_LIMITS);
    if (typeof segment !== 'object' || segment === null || !('trace_id' in segment)) return undefined;
    return typeof segment.trace_id === 'string' ? segment.trace_id : undefined;
  } catch {
    return undefined;
  }
}
