/** Rows that go on are indented by so much more than the line they belong to. */
const GOES_ON = 4;

/** A space between what belongs together. */
export const TIED = '\u00a0';

/** A terminal's codes for colour, which take no room. */
const CODES = new RegExp(`(${'\u001b'}\\[\\d+m)`);

/**
 * Breaks lines of a terminal before the word that is past `columns`, and a word that is longer than a row behind one of
 * its own marks (`arn:aws:…`, `a/b`, `a-b`, `CamelCase`). What goes on is indented by `indent`, or more. A space of U+00A0
 * becomes one that no row ends at, and that is no indentation.
 */
export function wrap(output: string, columns: number, indent = 0): string {
  return output
    .split('\n')
    .map((line) => wrapLine(line, columns, indent))
    .join('\n')
    .replaceAll(TIED, ' ');
}

/** The columns that a line takes, without the spaces at its end. */
export function shownWidth(line: string): number {
  return withoutCodes(line).trimEnd().length;
}

function withoutCodes(line: string): string {
  return line.split(CODES).filter(isText).join('');
}

function wrapLine(line: string, columns: number, indent: number): string {
  const plain = withoutCodes(line);
  if (plain.length <= columns) return line;
  const wanted = Math.max(indent, leadingSpaces(plain) + GOES_ON);
  const width = Math.min(wanted, Math.floor(columns / 4));
  const breaks = rowBreaks(plain, columns, width);
  return inserted(line, breaks, `\n${' '.repeat(width)}`);
}

interface Break {
  /** Index of the row's end. */
  at: number;
  /** Index of the next row's start, behind the space between them. */
  next: number;
}

function rowBreaks(plain: string, columns: number, indent: number): Break[] {
  const breaks: Break[] = [];
  let start = 0;
  let room = columns;
  while (plain.length - start > room) {
    const at = rowEnd(plain, start, room, columns - indent);
    const next = at + leadingSpaces(plain.slice(at));
    breaks.push({ at, next });
    if (next >= plain.length) break;
    start = next;
    room = columns - indent;
  }
  return breaks;
}

/** The end of a row that starts at `start` and has `room`; the next row has room for `longest`. */
function rowEnd(plain: string, start: number, room: number, longest: number): number {
  const limit = start + room;
  const firstWord = start + leadingSpaces(plain.slice(start));
  const space = plain.lastIndexOf(' ', limit);
  const hasSpace = space > firstWord;
  const word = plain.slice(hasSpace ? space + 1 : firstWord).split(' ', 1)[0] ?? '';
  if (hasSpace && word.length <= longest) return withoutTrailingSpace(plain, space);
  const mark = lastMark(plain, Math.max(firstWord, hasSpace ? space + 1 : 0), limit);
  if (mark !== undefined) return mark;
  return hasSpace ? withoutTrailingSpace(plain, space) : limit;
}

/** Behind the last `:`, `/`, `=`, `,` or `&`, else the last hyphen, else before the last capital of a name in CamelCase. */
function lastMark(plain: string, from: number, limit: number): number | undefined {
  for (const mark of [/^[:/=,&]/, /^-\w/, /^[a-z0-9][A-Z]/]) {
    for (let index = limit - 1; index > from; index -= 1) {
      if (mark.test(plain.slice(index, index + 2))) return index + 1;
    }
  }
  return undefined;
}

/** The line with its rows parted; a colour goes on in the next row. */
function inserted(line: string, breaks: Break[], between: string): string {
  let wrapped = '';
  let colours = '';
  let position = 0;
  const [...left] = breaks;
  for (const [index, token] of line.split(CODES).entries()) {
    if (!isText(token, index)) {
      colours = isOff(token) ? '' : colours + token;
      wrapped += token;
      continue;
    }
    for (const character of token) {
      const [next] = left;
      if (next && position >= next.next) {
        wrapped += `${between}${colours}`;
        left.shift();
      }
      const isBetween = left[0] !== undefined && position >= left[0].at;
      if (!isBetween) wrapped += character;
      position += character.length;
    }
  }
  return wrapped;
}

/** Of a line split at its codes: each second piece is a code. */
function isText(_piece: string, index: number): boolean {
  return index % 2 === 0;
}

function isOff(code: string): boolean {
  return ['\u001b[0m', '\u001b[22m', '\u001b[39m'].includes(code);
}

function leadingSpaces(text: string): number {
  return /^ */.exec(text)?.[0].length ?? 0;
}

function withoutTrailingSpace(plain: string, end: number): number {
  return plain.slice(0, end).trimEnd().length;
}
