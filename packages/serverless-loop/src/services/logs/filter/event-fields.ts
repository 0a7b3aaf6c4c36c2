import { jsonPattern, parseDocument } from './json.ts';
import { Scanner } from './scanner.ts';
import { readSelector, type Selector } from './selector.ts';
import { spaceDelimitedFields } from './space-delimited.ts';

/** Values of a log event, by the selectors that metric filters have for them. */
export interface EventFields {
  /** `$.size` of a JSON event, `$size` or `$7` of a space-delimited one; undefined for what isn't there. */
  valueOf(selector: string): string | undefined;
  /** Those that the pattern names, and of a space-delimited event the others by their places. */
  all: Record<string, string>;
}

/** Reads the fields of events as a filter pattern names them; an event of terms has none. Throws InvalidPatternError. */
export function compileFields(pattern: string): (message: string) => Generator<undefined, EventFields> {
  const text = pattern.trim();
  if (text.startsWith('{')) return jsonFields(text);
  if (!text.startsWith('[')) return inNoStep({ all: {}, valueOf: () => undefined });
  const read = spaceDelimitedFields(text);
  return function* (message) {
    const all = yield* read(message);
    return { all, valueOf: (selector) => all[selector] };
  };
}

function inNoStep(fields: EventFields): () => Generator<undefined, EventFields> {
  // biome-ignore lint/correctness/useYield: the others have steps.
  return function* () {
    return fields;
  };
}

function jsonFields(text: string): (message: string) => Generator<undefined, EventFields> {
  const selectors: Selector[] = [];
  jsonPattern(text, (selector) => selectors.push(selector));
  return function* (message) {
    const document = parseDocument(message);
    yield;
    const first = (selector: Selector) => selector.select(document).flatMap(textOf)[0];
    return {
      all: Object.fromEntries(
        selectors.flatMap((selector) => {
          const value = first(selector);
          return value === undefined ? [] : [[selector.text, value]];
        }),
      ),
      valueOf: (selector) => first(readSelector(new Scanner(selector))),
    };
  };
}

function textOf(value: unknown): string[] {
  return typeof value === 'object' || value === undefined ? [] : [String(value)];
}

/** Tells whether a text is a selector that `valueOf` takes for events of the pattern. */
export function isSelector(text: string, pattern: string): boolean {
  if (pattern.trim().startsWith('[')) return /^\$[\w-]+$/.test(text);
  const scanner = new Scanner(text);
  try {
    readSelector(scanner);
    return scanner.atEnd();
  } catch {
    return false;
  }
}
