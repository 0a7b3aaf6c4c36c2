import { type Expression, type Operator, type Reference, type Step, TemplateError } from './syntax.ts';

/** Reads the text of a template from where it is. */
export interface Cursor {
  text: string;
  at: number;
}

/** Reads a template that stands in double quotes. */
export type ReadText = (text: string) => Expression;

/** By how tightly they bind, the loosest first; words stand for signs. */
const OPERATORS: readonly Readonly<Record<string, Operator>>[] = [
  { '||': '||', or: '||' },
  { '&&': '&&', and: '&&' },
  { '==': '==', eq: '==', '!=': '!=', ne: '!=' },
  { '<=': '<=', le: '<=', '>=': '>=', ge: '>=', '<': '<', lt: '<', '>': '>', gt: '>' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/', '%': '%' },
];

const NAME = /[A-Za-z_][\w-]*/y;

/** Reads an expression of a directive or an argument (Velocity's user guide, "Directives"). Throws TemplateError. */
export function readExpression(cursor: Cursor, readText: ReadText, level = 0): Expression {
  const operators = OPERATORS[level];
  if (!operators) return readUnary(cursor, readText);
  let left = readExpression(cursor, readText, level + 1);
  for (;;) {
    const operator = readOperator(cursor, operators);
    if (!operator) return left;
    left = { kind: 'binary', operator, left, right: readExpression(cursor, readText, level + 1) };
  }
}

function readOperator(cursor: Cursor, operators: Readonly<Record<string, Operator>>): Operator | undefined {
  skipSpace(cursor);
  for (const [sign, operator] of Object.entries(operators)) {
    if (!cursor.text.startsWith(sign, cursor.at)) continue;
    if (/\w/.test(sign) && /\w/.test(cursor.text[cursor.at + sign.length] ?? '')) continue;
    cursor.at += sign.length;
    return operator;
  }
  return undefined;
}

function readUnary(cursor: Cursor, readText: ReadText): Expression {
  skipSpace(cursor);
  if (taken(cursor, /!(?!=)|not\b/y)) return { kind: 'not', of: readUnary(cursor, readText) };
  if (taken(cursor, /\(/y)) {
    const inner = readExpression(cursor, readText);
    expect(cursor, ')');
    return inner;
  }
  const number = taken(cursor, /-?\d+(?:\.\d+)?(?!\.\d)/y);
  if (number) return { kind: 'value', value: Number(number) };
  const word = taken(cursor, /(?:true|false|null)\b/y);
  if (word) return { kind: 'value', value: JSON.parse(word) };
  const single = taken(cursor, /'[^']*'/y);
  if (single) return { kind: 'value', value: single.slice(1, -1) };
  const double = taken(cursor, /"(?:[^"]|"")*"/y);
  if (double) return readText(double.slice(1, -1).replaceAll('""', '"'));
  if (cursor.text[cursor.at] === '$') {
    const reference = readReference(cursor, readText);
    if (reference) return reference;
  }
  if (taken(cursor, /\[/y)) return readList(cursor, readText);
  if (taken(cursor, /\{/y)) return readMap(cursor, readText);
  throw unreadable(cursor);
}

function readList(cursor: Cursor, readText: ReadText): Expression {
  const items = readItems(cursor, readText, ']');
  if (items.length === 1 && items[0] && taken(cursor, /\.\./y)) {
    const to = readExpression(cursor, readText);
    expect(cursor, ']');
    return { kind: 'range', from: items[0], to };
  }
  return { kind: 'list', items };
}

function readMap(cursor: Cursor, readText: ReadText): Expression {
  const entries: [Expression, Expression][] = [];
  while (!closes(cursor, '}')) {
    const key = readExpression(cursor, readText);
    expect(cursor, ':');
    entries.push([key, readExpression(cursor, readText)]);
    skipSpace(cursor);
    taken(cursor, /,/y);
  }
  return { kind: 'map', entries };
}

/** Up to the sign that closes them, or to the dots of a range. */
function readItems(cursor: Cursor, readText: ReadText, close: string): Expression[] {
  const items: Expression[] = [];
  while (!closes(cursor, close)) {
    items.push(readExpression(cursor, readText));
    skipSpace(cursor);
    if (close === ']' && cursor.text.startsWith('..', cursor.at)) return items;
    taken(cursor, /,/y);
  }
  return items;
}

/** Reads `$name`, `$!name`, `${name}` and what stands behind it; undefined, and nothing is read, where no name follows. */
export function readReference(cursor: Cursor, readText: ReadText): Reference | undefined {
  const start = cursor.at;
  const head = taken(cursor, /\$!?\{?/y) ?? '';
  const name = taken(cursor, NAME);
  if (head === '' || !name) {
    cursor.at = start;
    return undefined;
  }
  const steps: Step[] = [];
  for (;;) {
    const member = taken(cursor, /\.[A-Za-z_][\w-]*/y);
    if (member) {
      const called = member.slice(1);
      if (taken(cursor, /\(/y))
        steps.push({ kind: 'call', name: called, given: readItems(cursor, readText, ')') });
      else steps.push({ kind: 'member', name: called });
    } else if (taken(cursor, /\[/y)) {
      const at = readExpression(cursor, readText);
      expect(cursor, ']');
      steps.push({ kind: 'index', at });
    } else break;
  }
  if (head.endsWith('{')) expect(cursor, '}');
  const source = cursor.text.slice(start, cursor.at);
  return { kind: 'reference', name, steps, isQuiet: head.includes('!'), source };
}

export function skipSpace(cursor: Cursor): void {
  taken(cursor, /\s+/y);
}

/** The text that a sticky expression meets here, which is read then. */
export function taken(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const [found] = pattern.exec(cursor.text) ?? [];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

export function expect(cursor: Cursor, sign: string): void {
  skipSpace(cursor);
  if (!cursor.text.startsWith(sign, cursor.at)) throw unreadable(cursor);
  cursor.at += sign.length;
}

function closes(cursor: Cursor, sign: string): boolean {
  skipSpace(cursor);
  if (cursor.at >= cursor.text.length) throw unreadable(cursor);
  if (!cursor.text.startsWith(sign, cursor.at)) return false;
  cursor.at += sign.length;
  return true;
}

export function unreadable({ text, at }: Cursor): TemplateError {
  const line = text.slice(0, at).split('\n').length;
  const rest = text.slice(at, at + 20).split('\n', 1)[0] ?? '';
  return new TemplateError(
    `line ${line} of the mapping template can't be read at ${rest === '' ? 'its end' : JSON.stringify(rest)}`,
  );
}
