import { malformed } from './malformed.ts';
import type { Expression, PathExpression, Step } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

/** Keywords that are functions when a parenthesis follows. */
const FUNCTIONS = ['exists', 'count', 'avg', 'max', 'min', 'sum', 'substring', 'char_length', 'size'].concat([
  'character_length',
  'octet_length',
  'bit_length',
  'upper',
  'lower',
  'nullif',
  'coalesce',
  'list',
  'bag',
]);
const STATEMENTS = ['select', 'insert into', 'update', 'delete', 'from', 'set', 'remove'];
/** Keywords that PartiQL counts as operators. */
const OPERATORS = ['and', 'or', 'is', 'is not', 'in', 'not in', 'like', 'not like', 'between', 'not between'];

/** A term: a literal, a path, a call, a group or list in brackets, or a statement, as in `EXISTS(SELECT …)`. */
export function readTerm(reader: TokenReader): Expression {
  const term = readHead(reader);
  if (term.kind === 'path') return { ...term, steps: [term.steps[0], ...readSteps(reader)] };
  return term;
}

function readHead(reader: TokenReader): Expression {
  const token = reader.head;
  switch (token.kind) {
    case 'string':
    case 'number':
      return { kind: token.kind, text: reader.take().text, token };
    case 'name':
    case 'quoted':
      if (reader.next.kind === 'symbol' && reader.next.text === '(') return readCall(reader);
      return { kind: 'path', steps: [{ name: reader.take().text, token }], token };
    case 'word':
      return readWord(reader, token);
    case 'symbol':
      return readBracket(reader, token);
    case 'end':
      throw malformed('Unexpected term');
  }
}

function readWord(reader: TokenReader, token: Token): Expression {
  const { text } = token;
  if (text === 'null' || text === 'missing') return { kind: text, token: reader.take() };
  if (text === 'true' || text === 'false')
    return { kind: 'boolean', value: text === 'true', token: reader.take() };
  if (FUNCTIONS.includes(text) && reader.next.text === '(') return readCall(reader);
  if (STATEMENTS.includes(text)) return { kind: 'statement', statement: reader.statement(), token };
  throw malformed(OPERATORS.includes(text) ? 'Unexpected operator' : 'Unexpected keyword');
}

function readCall(reader: TokenReader): Expression {
  const token = reader.take();
  reader.take();
  const name = token.text.toLowerCase();
  if (reader.isSymbol('*')) {
    const star: Expression = { kind: 'star', token: reader.take() };
    if (name !== 'count') throw malformed(`${token.text}(*) is not allowed`);
    reader.expectSymbol(')');
    return { kind: 'call', name, operands: [star], token };
  }
  const operands = reader.isSymbol(')') ? [] : reader.list(() => reader.expression());
  reader.expectSymbol(')');
  return { kind: 'call', name, operands, token };
}

function readBracket(reader: TokenReader, token: Token): Expression {
  switch (token.text) {
    case '?':
      return { kind: 'parameter', index: reader.takeParameter(), token };
    case '(': {
      const group = readMembers(reader, ')');
      return group.length === 1 && group[0] ? group[0] : { kind: 'list', members: group, token };
    }
    case '[':
      return { kind: 'list', members: readMembers(reader, ']'), token };
    case '<<':
      return { kind: 'bag', members: readMembers(reader, '>>'), token };
    case '{':
      return { kind: 'tuple', members: readPairs(reader), token };
    case ')':
    case ']':
    case '}':
    case '>>':
    case ',':
    case '.':
    case ':':
    case ';':
    case '*':
      throw malformed('Unexpected term');
    default:
      throw malformed('Unexpected operator');
  }
}

function readMembers(reader: TokenReader, close: string): Expression[] {
  reader.take();
  if (close !== ')' && reader.takesSymbol(close)) return [];
  const members = reader.list(() => reader.expression());
  reader.expectSymbol(close);
  return members;
}

function readPairs(reader: TokenReader): [Expression, Expression][] {
  reader.take();
  if (reader.takesSymbol('}')) return [];
  const pairs = reader.list((): [Expression, Expression] => {
    const name = reader.expression();
    reader.expectSymbol(':');
    return [name, reader.expression()];
  });
  reader.expectSymbol('}');
  return pairs;
}

/** A path where nothing else may stand: a table, or what is set or removed. */
export function readPath(reader: TokenReader): PathExpression {
  if (!reader.isName()) throw malformed('Expected identifier for simple path');
  const token = reader.take();
  return { kind: 'path', steps: [{ name: token.text, token }, ...readSteps(reader)], token };
}

function readSteps(reader: TokenReader): Step[] {
  const steps: Step[] = [];
  for (;;) {
    if (reader.takesSymbol('.')) {
      if (!reader.isName()) throw malformed('Invalid path dot component');
      const token = reader.take();
      steps.push({ name: token.text, token });
    } else if (reader.takesSymbol('[')) {
      const star = reader.head;
      const index: Expression = reader.takesSymbol('*') ? { kind: 'star', token: star } : reader.expression();
      reader.expectSymbol(']');
      steps.push({ index, token: index.token });
    } else return steps;
  }
}
