import { ExpressionError } from './expression-error.ts';

export type TokenKind = 'name' | 'nameReference' | 'valueReference' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reads an expression token by token, in time linear in its length. */
export class Tokens {
  readonly #tokens: Token[];
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  /** The token that is read next, or the one so many after it; past the last one stands `end`. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#position + ahead] ?? this.#end();
  }

  next(): Token {
    const token = this.peek();
    this.#position++;
    return token;
  }

  /** True when the next token is this symbol. */
  isSymbol(text: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.text === text;
  }

  /** True when the next token is this keyword, in either case. */
  isKeyword(keyword: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text.toUpperCase() === keyword;
  }

  /** Reads on past this symbol, or refuses what stands in its place. */
  expectSymbol(text: string): void {
    if (!this.isSymbol(text)) throw this.syntaxError();
    this.next();
  }

  /**
   * Refuses the next token: DynamoDB names it, and as `near` quotes the text from the token before it to the
   * one after it.
   */
  syntaxError(): ExpressionError {
    const token = this.peek();
    const before = this.#tokens[this.#position - 1] ?? token;
    const after = token.kind === 'end' ? before : this.#tokens[this.#position + 1];
    const near = this.#text.slice(before.start, after?.end ?? token.end);
    const text = token.kind === 'end' ? '<EOF>' : token.text;
    return new ExpressionError(`Syntax error; token: "${text}", near: "${near}"`);
  }

  #end(): Token {
    return { kind: 'end', text: '', start: this.#text.length, end: this.#text.length };
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let start = afterSpace(text, 0); start < text.length; ) {
    const token = tokenAt(text, start);
    tokens.push(token);
    start = afterSpace(text, token.end);
  }
  return tokens;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function tokenAt(text: string, start: number): Token {
  const first = text.charCodeAt(start);
  if (isLetter(first)) return token('name', text, start, afterWord(text, start));
  if (isDigit(first)) return token('number', text, start, afterDigits(text, start));
  const end = afterWord(text, start + 1);
  if (first === HASH && end > start + 1) return token('nameReference', text, start, end);
  if (first === COLON && end > start + 1) return token('valueReference', text, start, end);
  return token('symbol', text, start, start + symbolLength(text, start));
}

const token = (kind: TokenKind, text: string, start: number, end: number): Token => ({
  kind,
  text: text.slice(start, end),
  start,
  end,
});

function afterWord(text: string, from: number): number {
  let at = from;
  while (isWord(text.charCodeAt(at))) at++;
  return at;
}

function afterDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

function symbolLength(text: string, start: number): number {
  const pair = text.slice(start, start + 2);
  if (pair === '<>' || pair === '<=' || pair === '>=') return 2;
  return (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
}

const HASH = 0x23;
const COLON = 0x3a;
const UNDERSCORE = 0x5f;
const CASE_BIT = 0x20;

// Past the end of a text stands NaN, which is none of these.
const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isLetter = (unit: number): boolean => (unit | CASE_BIT) >= 0x61 && (unit | CASE_BIT) <= 0x7a;
const isWord = (unit: number): boolean => isLetter(unit) || isDigit(unit) || unit === UNDERSCORE;
