import { isObject } from '../../aws/json-object.ts';
import { printableLines } from '../../printable.ts';

/** An error as a log line tells of it, printable: JSON within a line of text hides what it escapes until it is parsed. */
export interface LoggedError {
  type: string;
  message: string;
  /** `at …`, the innermost first. */
  frames: string[];
  cause?: LoggedError;
}

/** An error that is its own cause, or nearly, is shown so deep. */
const MAX_CAUSES = 5;

/**
 * Reads an error out of a log line's JSON: as Lambda's runtime writes it (errorType, errorMessage, stackTrace or stack),
 * as Powertools does (name, message, stack), or as others do (type, message, stack). Undefined for anything else.
 */
export function loggedError(value: unknown, depth = 0): LoggedError | undefined {
  if (!isObject(value)) return undefined;
  const type = firstText(value.errorType, value.name, value.type);
  const message = firstText(value.errorMessage, value.message);
  const frames = framesOf(value.stackTrace ?? value.stack);
  if (type === undefined || message === undefined || frames === undefined) return undefined;
  const cause = depth < MAX_CAUSES ? loggedError(value.cause, depth + 1) : undefined;
  return { type, message, frames, ...(cause && { cause }) };
}

/** The error in one line, as Lambda tells it. */
export function nameOf({ type, message }: Pick<LoggedError, 'type' | 'message'>): string {
  return `${type}: ${message}`;
}

/** A text that is, or ends with, a stack as Node prints it: what stands above its first frame, and the frames. */
export function textWithStack(text: string): { above: string; frames: string[] } | undefined {
  const first = text.search(/\n[ \t]+at /);
  if (first < 0) return undefined;
  return { above: text.slice(0, first), frames: framesOf(text.slice(first)) ?? [] };
}

/** A stack is a text of rows, or a list of them; what is above the frames is the message again. */
function framesOf(stack: unknown): string[] | undefined {
  const rows = typeof stack === 'string' ? stack.split('\n') : stack;
  if (!Array.isArray(rows)) return undefined;
  return rows
    .filter((row) => typeof row === 'string')
    .map((row) => printableLines(row).trim())
    .filter((row) => row.startsWith('at '));
}

function firstText(...values: unknown[]): string | undefined {
  const text = values.find((value) => typeof value === 'string');
  return text === undefined ? undefined : printableLines(text);
}
