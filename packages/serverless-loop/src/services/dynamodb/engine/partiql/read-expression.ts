import { malformed } from './malformed.ts';
import { readTerm } from './read-term.ts';
import type { Expression } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

/** The higher binds the stronger; `BETWEEN` binds stronger than the `AND` inside it. */
const INFIX: Readonly<Record<string, number>> = {
  or: 10,
  and: 20,
  '=': 40,
  '<>': 40,
  is: 40,
  'is not': 40,
  in: 40,
  'not in': 40,
  '<': 50,
  '<=': 50,
  '>': 50,
  '>=': 50,
  between: 50,
  'not between': 50,
  like: 50,
  'not like': 50,
  '+': 60,
  '-': 60,
  '||': 60,
  '*': 70,
  '/': 70,
  '%': 70,
};
const NOT_PRECEDENCE = 30;

const TYPES: ReadonlySet<string> = new Set(
  `missing null bool boolean smallint int int4 int8 integer float real decimal dec numeric timestamp date time
  char character varchar string symbol clob blob struct tuple list sexp bag`
    .split(/\s+/)
    .concat('double precision', 'character varying'),
);

/** An expression whose operators bind stronger than `precedence`. */
export function readExpression(reader: TokenReader, precedence: number): Expression {
  return reader.deeper(() => {
    let left = readUnary(reader);
    while (infixPrecedence(reader.head) > precedence) left = readInfix(reader, left);
    return left;
  });
}

function infixPrecedence({ kind, text }: Token): number {
  return kind === 'word' || kind === 'symbol' ? (INFIX[text] ?? 0) : 0;
}

function readInfix(reader: TokenReader, left: Expression): Expression {
  const precedence = infixPrecedence(reader.head);
  const isLast = reader.next.kind === 'end';
  const token = reader.take();
  const right = () => {
    if (isLast) throw malformed('Missing right-hand side expression of infix operator');
    return readExpression(reader, precedence);
  };
  const negated = token.text.includes('not ') || token.text.endsWith(' not');
  switch (token.text) {
    case 'is':
    case 'is not':
      return { kind: 'is', operand: left, type: readType(reader), negated, token };
    case 'in':
    case 'not in':
      return inside(left, reader.isSymbol('(') ? readRow(reader) : right(), negated, token);
    case 'between':
    case 'not between': {
      const low = right();
      reader.expectWord('and');
      if (reader.head.kind === 'end') throw malformed('Expected expression after AND');
      return {
        kind: 'between',
        operand: left,
        low,
        high: readExpression(reader, precedence),
        negated,
        token,
      };
    }
    default:
      return { kind: 'binary', operator: token.text, left, right: right(), token };
  }
}

function inside(left: Expression, right: Expression, negated: boolean, token: Token): Expression {
  const within: Expression = { kind: 'binary', operator: 'in', left, right, token };
  return negated ? { kind: 'not', operand: within, token } : within;
}

/** `IN (1, 2)` is `IN [1, 2]`. */
function readRow(reader: TokenReader): Expression {
  const token = reader.take();
  const members = reader.list(() => reader.expression());
  reader.expectSymbol(')');
  return { kind: 'list', members, token };
}

function readType(reader: TokenReader): string {
  const { kind, text } = reader.head;
  if ((kind !== 'word' && kind !== 'name') || !TYPES.has(text.toLowerCase()))
    throw malformed('Expected type name');
  reader.take();
  if (reader.takesSymbol('(')) {
    reader.list(() => reader.expression());
    reader.expectSymbol(')');
  }
  return text.toLowerCase();
}

function readUnary(reader: TokenReader): Expression {
  const token = reader.head;
  if (reader.takesWord('not')) return { kind: 'not', operand: readExpression(reader, NOT_PRECEDENCE), token };
  if (reader.isSymbol('-', '+')) return reader.deeper(() => signed(reader));
  return readTerm(reader);
}

/** A sign before a number is part of it, wherever it stands. */
function signed(reader: TokenReader): Expression {
  const token = reader.take();
  const operand = readUnary(reader);
  if (operand.kind === 'number') {
    const { text } = operand;
    if (token.text === '+') return operand;
    return { ...operand, text: text.startsWith('-') ? text.slice(1) : `-${text}` };
  }
  return { kind: 'negative', operand, token };
}
