import { isObject, type JsonObject } from './json-object.ts';

/** Limits of a JSON text that is read. */
export interface JsonLimits {
  /** Lists and objects within each other. */
  deepest: number;
  /** Values in all, lists and objects among them. */
  mostValues: number;
  /** Keys of one object. Absent: as many as there may be values. */
  mostKeys?: number;
}

/**
 * Limits of a request: more levels than DynamoDB's 32 of attributes need (DynamoDB guide, "Quotas"), each of which is two of
 * JSON, and more values than any call to AWS has. An object of half a million keys takes a second whenever it is listed; no
 * structure or map of AWS's comes near 10,000 but an item of DynamoDB, whose service says how many it takes.
 */
export const REQUEST_LIMITS = { deepest: 256, mostValues: 1_000_000, mostKeys: 10_000 } as const;

/** Limits of a text that is read at once, within a request or instead of one. */
export const SHORT_LIMITS: JsonLimits = { deepest: 256, mostValues: 100_000 };

/** A segment with its subsegments in each other, each of which is two levels: no more than can be written again. */
export const SEGMENT_LIMITS: JsonLimits = { deepest: 2_048, mostValues: 100_000 };

/** Text that is no JSON, or that goes beyond its reader's limits. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** Text that may be JSON, and that goes beyond the limits. */
export class JsonLimitError extends JsonError {}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/**
 * Throws JsonLimitError for a text that, if it is JSON at all, goes beyond the limits. It looks at brackets, commas and colons
 * outside of strings only, which takes a hundredth of the time that making a million lists does.
 */
export function refuseBeyond(text: string, limits: JsonLimits): void {
  const { deepest, mostValues, mostKeys = mostValues } = limits;
  // Each list, value and key takes a character.
  if (text.length < Math.min(deepest, mostValues, mostKeys)) return;
  /** Of the objects that are open, by their depth. */
  const keys: number[] = [];
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at) - 1;
    else if (isOpening(unit)) {
      depth += 1;
      values += 1;
      keys[depth] = 0;
      if (depth > deepest) throw new JsonLimitError(`it is nested more than ${deepest} deep`);
    } else if (isClosing(unit)) depth -= 1;
    else if (unit === COMMA) values += 1;
    else if (unit === COLON) {
      const count = (keys[depth] ?? 0) + 1;
      if (count > mostKeys) throw new JsonLimitError(`an object has more than ${mostKeys} keys`);
      keys[depth] = count;
    }
    if (values > mostValues) throw new JsonLimitError(`it has more than ${mostValues} values`);
  }
}

/** Returns the end of the string that begins here: after its closing quotation mark, or at the text's end without one. */
export function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at + 1;
  }
  return text.length;
}

/** `[` and `{` */
function isOpening(unit: number): boolean {
  return unit === 0x5b || unit === 0x7b;
}

/** `]` and `}` */
function isClosing(unit: number): boolean {
  return unit === 0x5d || unit === 0x7d;
}

/** Reads a short text at once. Throws JsonError. */
export function parseJsonWithin(text: string, limits: JsonLimits): unknown {
  refuseBeyond(text, limits);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JsonError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The object that a short text of a caller's holds; undefined when it holds none, or more than it may. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value = parseJsonWithin(text, SHORT_LIMITS);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
