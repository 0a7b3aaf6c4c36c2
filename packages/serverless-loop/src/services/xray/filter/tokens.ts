import { invalidRequest } from '../xray-error.ts';

/** A piece of a filter expression, and where it begins. `key` is what stands in brackets. */
export type Token =
  | { kind: 'word' | 'symbol' | 'string' | 'key'; text: string; at: number }
  | { kind: 'number'; text: string; value: number; at: number };

const PATTERN =
  /\s*(?:(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\[\s*(?<key>"[^"]*"\s*|'[^']*'\s*|[^\]"'[\s][^\]"'[]*)\]|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_][\w.]*)|(?<symbol><=|>=|!=|&&|\|\||[=<>!(){},:]))/sy;

/** Cuts an expression into its tokens. Throws AwsError InvalidRequestException at what is none. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  for (let from = 0; from < end; from = PATTERN.lastIndex) {
    PATTERN.lastIndex = from;
    const match = PATTERN.exec(expression);
    if (!match?.groups) throw unexpectedAt(expression, from);
    tokens.push(tokenOf(match.groups, PATTERN.lastIndex - match[0].trimStart().length));
  }
  return tokens;
}

export function badExpression(reason: string, at: number) {
  return invalidRequest(`Invalid filter expression at position ${at}: ${reason}`);
}

function unexpectedAt(expression: string, from: number) {
  const at = from + expression.slice(from).search(/\S/);
  return badExpression(`unexpected ${JSON.stringify(expression[at])}`, at);
}

function tokenOf(groups: Record<string, string | undefined>, at: number): Token {
  const { string, key, number, word, symbol = '' } = groups;
  if (string !== undefined) return { kind: 'string', text: unquoted(string), at };
  if (key !== undefined) return { kind: 'key', text: unquoted(key.trim()), at };
  if (number !== undefined) return { kind: 'number', text: number, value: Number(number), at };
  if (word !== undefined) return { kind: 'word', text: word, at };
  return { kind: 'symbol', text: symbol, at };
}

function unquoted(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
}
