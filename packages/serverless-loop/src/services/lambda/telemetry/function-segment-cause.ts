import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import type { Cause, TracedException } from '../../../aws/segment.ts';
import { newSegmentId } from '../../../aws/trace-header.ts';
import type { FunctionEnding } from '../environments/function-ending.ts';

const AT = 'at ';
const POSITION = /:(\d+):\d+$/;

/** The cause of a function's failure, as X-Ray tells it (X-Ray guide, "Segment documents", Errors and exceptions). */
export function causeOf({ errorType, errorMessage, payload }: FunctionEnding): Cause {
  const stack = stackLines(payload).flatMap(frameOf);
  const exception: TracedException = {
    id: newSegmentId(),
    ...(errorType === undefined ? {} : { type: errorType }),
    ...(errorMessage === undefined ? {} : { message: errorMessage }),
    ...(stack.length === 0 ? {} : { stack }),
  };
  return { exceptions: [exception] };
}

/** Node's runtime says `trace`, others `stackTrace`. */
function stackLines(payload: Buffer): string[] {
  try {
    const body = parseJsonWithin(payload.toString(), SHORT_LIMITS);
    if (typeof body !== 'object' || body === null) return [];
    const lines: unknown = 'trace' in body ? body.trace : 'stackTrace' in body ? body.stackTrace : [];
    return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [];
  } catch {
    return [];
  }
}

/** `    at label (path:line:column)`, or without a label. A row is a function's text, of any length: it is gone through once. */
function frameOf(row: string): NonNullable<TracedException['stack']> {
  const frame = row.trim();
  if (!frame.startsWith(AT)) return [];
  const opening = frame.endsWith(')') ? frame.lastIndexOf(' (') : -1;
  const label = opening < 0 ? '' : frame.slice(AT.length, opening);
  const place = opening < 0 ? frame.slice(AT.length) : frame.slice(opening + ' ('.length, -1);
  const position = POSITION.exec(place);
  return position ? [{ path: place.slice(0, position.index), line: Number(position[1]), label }] : [];
}
