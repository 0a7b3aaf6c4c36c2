import type { Cause, TracedException } from '../../../aws/segment.ts';
import { newSegmentId } from '../../../aws/trace-header.ts';
import type { FunctionEnding } from '../environments/function-ending.ts';

/** `    at label (path:line:column)`, or without a label. */
const FRAME = /^\s*at (?:(?<label>.*) \()?(?<path>.*?):(?<line>\d+):\d+\)?$/;

/** Why a function failed, as X-Ray tells it (X-Ray guide, "Segment documents", Errors and exceptions). */
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
    const body: unknown = JSON.parse(payload.toString());
    if (typeof body !== 'object' || body === null) return [];
    const lines: unknown = 'trace' in body ? body.trace : 'stackTrace' in body ? body.stackTrace : [];
    return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [];
  } catch {
    return [];
  }
}

function frameOf(line: string): NonNullable<TracedException['stack']> {
  const { path, line: number, label = '' } = FRAME.exec(line)?.groups ?? {};
  return path === undefined ? [] : [{ path, line: Number(number), label }];
}
