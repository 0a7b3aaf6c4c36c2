import { inSlices } from './in-slices.ts';
import { endOfString, JsonError, type JsonLimits, parseJsonWithin, refuseBeyond } from './json-limits.ts';

/** `JSON.parse` reads so much in the time of a few calls, whatever it holds. */
const SHORT_CHARACTERS = 64 * 1024;

/** True for what can be read at once with nobody kept waiting. */
export const isShortJson = (text: string): boolean => text.length <= SHORT_CHARACTERS;
const VALUES_BETWEEN_LOOKS = 256;

/**
 * Reads JSON as `JSON.parse` does, a long text in slices with others served between them: 16 MB of small lists or of keys
 * that are all different take seconds. Rejects with JsonError.
 */
export async function readJson(text: string, limits: JsonLimits): Promise<unknown> {
  if (isShortJson(text)) return parseJsonWithin(text, limits);
  refuseBeyond(text, limits);
  return inSlices(readInSteps(text));
}

type Open =
  | { kind: 'list'; value: unknown[]; end: ']' }
  | { kind: 'object'; value: Record<string, unknown>; end: '}'; key: string };

const SCALAR = /[-+.\w]*/y;

/** Yields every few hundred values. */
function* readInSteps(text: string): Generator<undefined, unknown> {
  const open: Open[] = [];
  let at = 0;
  let values = 0;

  for (;;) {
    values += 1;
    if (values % VALUES_BETWEEN_LOOKS === 0) yield;
    skipSpace();
    const opened = openHere();
    if (opened && !takes(opened.end)) {
      open.push(opened);
      if (opened.kind === 'object') readKey(opened);
      continue;
    }
    let value = opened ? opened.value : readScalar();
    for (let into = open.at(-1); ; into = open.at(-1)) {
      skipSpace();
      if (!into) {
        if (at < text.length) throw unexpected();
        return value;
      }
      put(into, value);
      if (takes(',')) {
        if (into.kind === 'object') readKey(into);
        break;
      }
      if (!takes(into.end)) throw unexpected();
      open.pop();
      value = into.value;
    }
  }

  function openHere(): Open | undefined {
    if (takes('[')) return { kind: 'list', value: [], end: ']' };
    if (takes('{')) return { kind: 'object', value: {}, end: '}', key: '' };
    return undefined;
  }

  function readKey(object: { key: string }): void {
    skipSpace();
    if (text[at] !== '"') throw unexpected();
    object.key = readString();
    skipSpace();
    if (!takes(':')) throw unexpected();
  }

  function readString(): string {
    const from = at;
    at = endOfString(text, at);
    return String(parsed(from));
  }

  function readScalar(): unknown {
    if (text[at] === '"') return readString();
    const from = at;
    SCALAR.lastIndex = at;
    SCALAR.test(text);
    at = SCALAR.lastIndex;
    if (at === from) throw unexpected();
    return parsed(from);
  }

  /** Parses the text between there and here: a string with its escapes, a number, true, false or null. */
  function parsed(from: number): unknown {
    try {
      return JSON.parse(text.slice(from, at));
    } catch {
      at = from;
      throw unexpected();
    }
  }

  /** Takes a character that is next, spaces before it too. */
  function takes(character: string): boolean {
    skipSpace();
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function skipSpace(): void {
    for (let unit = text.charCodeAt(at); isSpace(unit); unit = text.charCodeAt(at)) at += 1;
  }

  function unexpected(): JsonError {
    const found = at < text.length ? `token ${JSON.stringify(text[at])}` : 'end of JSON input';
    return new JsonError(`Unexpected ${found} at position ${at}`);
  }
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function put(into: Open, value: unknown): void {
  if (into.kind === 'list') into.value.push(value);
  else if (into.key === '__proto__')
    // A member like any other, as JSON.parse has it.
    Object.defineProperty(into.value, into.key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  else into.value[into.key] = value;
}
