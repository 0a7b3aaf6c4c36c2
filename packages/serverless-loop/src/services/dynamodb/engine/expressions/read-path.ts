import type { Reading } from './reading.ts';
import { isReservedWord } from './reserved-words.ts';
import type { Path } from './syntax.ts';

/** Documents are no deeper than this, so no path is longer. */
const MAX_PATH_DEPTH = 32;
const MAX_LIST_INDEX = 2 ** 31 - 1;

/** Reads a document path: `name.name[0].#reference`. An undefined reference becomes a finding. */
export function readPath(reading: Reading): Path {
  const { tokens } = reading;
  const path: [string, ...(string | number)[]] = [readName(reading)];
  for (;;) {
    if (tokens.isSymbol('.')) {
      tokens.next();
      path.push(readName(reading));
    } else if (tokens.isSymbol('[')) {
      tokens.next();
      path.push(readIndex(reading));
      tokens.expectSymbol(']');
    } else {
      checkDepth(reading, path);
      return path;
    }
  }
}

function readName(reading: Reading): string {
  const { tokens, findings } = reading;
  const { kind, text } = tokens.peek();
  if (kind === 'nameReference') return readReference(reading);
  if (kind !== 'name' || reading.isKeyword(text)) throw tokens.syntaxError();
  tokens.next();
  if (isReservedWord(text)) {
    findings.add('path', `Attribute name is a reserved keyword; reserved keyword: ${text}`);
  }
  return text;
}

function readReference({ tokens, findings, placeholders }: Reading): string {
  const { text } = tokens.next();
  const name = placeholders.name(text);
  if (name !== undefined) return name;
  const message = 'An expression attribute name used in the document path is not defined';
  findings.add('name', `${message}; attribute name: ${text}`);
  return text;
}

function readIndex({ tokens, findings }: Reading): number {
  const { kind, text } = tokens.peek();
  if (kind !== 'number') throw tokens.syntaxError();
  tokens.next();
  const index = Number(text);
  if (index > MAX_LIST_INDEX) {
    findings.add('path', `List index is not within the allowable range; index: [${text}]`);
  }
  return index;
}

function checkDepth({ findings }: Reading, path: Path): void {
  if (path.length <= MAX_PATH_DEPTH) return;
  findings.add('path', `The document path has too many nesting levels; nesting levels: ${path.length}`);
}

/** A path as DynamoDB quotes it: `[a, b, [0]]`. */
export const quotePath = (path: Path): string =>
  `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;

export const isSamePath = (one: Path, two: Path): boolean =>
  one.length === two.length && one.every((part, index) => part === two[index]);
