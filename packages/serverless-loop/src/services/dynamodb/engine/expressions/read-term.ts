import type { AttributeValue, TypeName } from '../values/attribute-value.ts';
import { typeOf } from '../values/attribute-value.ts';
import { readPath } from './read-path.ts';
import type { Reading } from './reading.ts';
import type { Path } from './syntax.ts';

/** A term as it is written, before a function's name and its arguments are known to fit. */
export type Term =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Term[] };

/** Looks at each function call once its arguments are read, the innermost first. */
export type CheckCall = (name: string, args: readonly Term[]) => void;

/** An open bracket around the term that is read: a call with the arguments so far, or parentheses. */
interface Open {
  readonly call?: string;
  readonly args: Term[];
  /** True when the last argument stood in parentheses of its own. */
  enclosed: boolean;
}

/** Stands for a value that the request doesn't define; the finding refuses the expression before it is used. */
const UNDEFINED_VALUE: AttributeValue = { NULL: true };

/**
 * Reads a path, a value reference, or a function call of such, with or without parentheses. Nesting costs no
 * stack, so that four kilobytes of it are read like everything else.
 */
export function readTerm(reading: Reading, checkCall: CheckCall): Term {
  const { tokens } = reading;
  const opened: Open[] = [];
  for (;;) {
    const opening = openAt(reading);
    if (opening) {
      opened.push(opening);
      continue;
    }
    let term = readSimple(reading);
    let inner = opened.at(-1);
    let enclosed = false;
    while (inner) {
      inner.args.push(term);
      inner.enclosed = enclosed;
      if (inner.call !== undefined && tokens.isSymbol(',')) break;
      tokens.expectSymbol(')');
      opened.pop();
      enclosed = inner.call === undefined;
      term = enclosed ? unwrapped(reading, inner, term) : called(reading, inner, checkCall);
      inner = opened.at(-1);
    }
    if (!inner) return term;
    tokens.next();
  }
}

function openAt(reading: Reading): Open | undefined {
  const { tokens } = reading;
  if (tokens.isSymbol('(')) {
    tokens.next();
    return { args: [], enclosed: false };
  }
  const { kind, text } = tokens.peek();
  const after = tokens.peek(1);
  if (kind !== 'name' || reading.isKeyword(text) || after.kind !== 'symbol' || after.text !== '(')
    return undefined;
  tokens.next();
  tokens.next();
  return { call: text, args: [], enclosed: false };
}

function readSimple(reading: Reading): Term {
  const { tokens, placeholders, findings } = reading;
  if (tokens.peek().kind !== 'valueReference') return { kind: 'path', path: readPath(reading) };
  const { text } = tokens.next();
  const value = placeholders.value(text);
  if (value === undefined) {
    const message = 'An expression attribute value used in expression is not defined';
    findings.add('value', `${message}; attribute value: ${text}`);
  }
  return { kind: 'value', value: value ?? UNDEFINED_VALUE };
}

function unwrapped({ findings }: Reading, { enclosed }: Open, term: Term): Term {
  if (enclosed) findings.add('parentheses', REDUNDANT_PARENTHESES);
  return term;
}

export const REDUNDANT_PARENTHESES = 'The expression has redundant parentheses;';

function called(reading: Reading, { call: name = '', args }: Open, checkCall: CheckCall): Term {
  reading.countOperator();
  checkCall(name, args);
  return { kind: 'call', name, args };
}

/** The type of a value that stands in the request; undefined for what only an item knows. */
export const constantType = (term: Term): TypeName | undefined =>
  term.kind === 'value' ? typeOf(term.value) : undefined;
