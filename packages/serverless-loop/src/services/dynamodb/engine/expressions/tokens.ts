import { ExpressionError } from './expression-error.ts';

export type TokenKind = 'name' | 'nameReference' | 'valueReference' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /[ \t\r\n]*(?:([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([0-9]+)|(<>|<=|>=|[\s\S]))/uy;
const KINDS = ['name', 'nameReference', 'valueReference', 'number', 'symbol'] as const;

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

  /** Whether the next token is this symbol. */
  isSymbol(text: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.text === text;
  }

  /** Whether the next token is this keyword, in either case. */
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
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const group = match.findIndex((part, index) => index > 0 && part !== undefined);
    const found = match[group] ?? '';
    if (/^[ \t\r\n]$/.test(found)) break;
    const kind = KINDS[group - 1] ?? 'symbol';
    tokens.push({ kind, text: found, start: TOKEN.lastIndex - found.length, end: TOKEN.lastIndex });
  }
  return tokens;
}
