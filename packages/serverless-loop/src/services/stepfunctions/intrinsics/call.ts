import { type Path, takePath } from '../paths/path.ts';
import { TextCursor } from '../paths/text-cursor.ts';
import { FUNCTIONS } from './functions.ts';

/** A call of an intrinsic function, or what is given to one. */
export type Expression =
  | { kind: 'constant'; value: unknown }
  | { kind: 'path'; path: Path }
  | { kind: 'call'; name: string; given: readonly Expression[] };

/** The most calls in each other (Step Functions guide, "Intrinsic functions", "Nested intrinsic functions"). */
const DEEPEST = 10;

const NAME = /\s*(States\.\w+)\s*\(/y;
const LITERAL = /\s*'((?:[^'\\]|\\.)*)'\s*/sy;
const NUMBER = /\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?=[,)])/y;
const WORD = /\s*(true|false|null)\s*(?=[,)])/y;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
/** A backslash with its letter: those of the states language, "Intrinsic Functions", and the `n` that AWS takes too. */
const ESCAPE = /\\(.)/gs;

/** True for a text that is to be read as a call rather than as a path. */
export function isCall(text: string): boolean {
  return /^\s*States\./.test(text);
}

/** Reads a call. Throws TextError. */
export function parseCall(text: string): Expression {
  const cursor = new TextCursor(text);
  const call = takeCall(cursor, 1);
  if (!cursor.isAtEnd) cursor.fail('the end');
  return call;
}

function takeCall(cursor: TextCursor, depth: number): Expression {
  if (depth > DEEPEST) cursor.fail(`no more than ${DEEPEST} calls in each other`);
  const name = cursor.expect(NAME, 'a call of an intrinsic function')[1] ?? '';
  const known = FUNCTIONS.get(name);
  if (!known) return cursor.fail(`an intrinsic function other than ${name}`);
  const given: Expression[] = [];
  if (!cursor.take(/\s*\)\s*/y)) {
    do given.push(takeExpression(cursor, depth));
    while (cursor.take(/\s*,/y));
    cursor.expect(/\s*\)\s*/y, '"," or ")"');
  }
  const [least, most] = known.takes;
  if (given.length < least || given.length > most) cursor.fail(`another number of arguments of ${name}`);
  return { kind: 'call', name, given };
}

function takeExpression(cursor: TextCursor, depth: number): Expression {
  const literal = cursor.take(LITERAL)?.[1];
  if (literal !== undefined) return { kind: 'constant', value: unescaped(cursor, literal) };
  const number = cursor.take(NUMBER)?.[1];
  if (number !== undefined) return { kind: 'constant', value: Number(number) };
  const word = cursor.take(WORD)?.[1];
  if (word !== undefined) return { kind: 'constant', value: WORDS[word] };
  cursor.take(/\s+/y);
  if (cursor.text[cursor.at] !== '$') return takeCall(cursor, depth + 1);
  const path = takePath(cursor);
  cursor.take(/\s+/y);
  return { kind: 'path', path };
}

/** Braces keep their backslashes, for `States.Format` to tell them from places. */
function unescaped(cursor: TextCursor, literal: string): string {
  return literal.replace(ESCAPE, (pair, letter: string) => {
    if (letter === "'" || letter === '\\') return letter;
    if (letter === 'n') return '\n';
    return letter === '{' || letter === '}'
      ? pair
      : cursor.fail(`"\\'", "\\\\", "\\{" or "\\}" instead of "${pair}"`);
  });
}
