import { malformed } from './malformed.ts';
import type { Clauses, Expression } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Reads the parts of a statement that stand within each other. */
export interface Grammar {
  /** An expression whose operators bind stronger than `precedence`. */
  readExpression(reader: TokenReader, precedence: number): Expression;
  /** The statement at whose first word the reader stands. */
  readStatement(reader: TokenReader): Clauses;
}

const NAMES: Readonly<Record<string, string>> = {
  ')': 'RIGHT_PAREN',
  ']': 'RIGHT_BRACKET',
  '}': 'RIGHT_CURLY',
  '>>': 'RIGHT_DOUBLE_ANGLE_BRACKET',
  ':': 'COLON',
};

/** Brackets in brackets: a value in a statement may be nested 32 deep, so no statement that DynamoDB takes is refused. */
const MAX_DEPTH = 200;

/** Goes over the tokens of a statement. Its refusals have the words of PartiQL's reference parser (SqlParser.kt). */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  readonly #grammar: Grammar;
  #at = 0;
  #depth = 0;
  #parameters = 0;

  constructor(tokens: readonly Token[], grammar: Grammar) {
    const end = tokens.at(-1);
    if (!end) throw new TypeError('No tokens, not even the end');
    this.#tokens = tokens;
    this.#end = end;
    this.#grammar = grammar;
  }

  /** Reads an expression from the head on; operators that bind no stronger than `precedence` end it. */
  expression(precedence = 0): Expression {
    return this.#grammar.readExpression(this, precedence);
  }

  /** Reads the statement that begins at the head. */
  statement(): Clauses {
    return this.#grammar.readStatement(this);
  }

  get head(): Token {
    return this.#tokens[this.#at] ?? this.#end;
  }

  get next(): Token {
    return this.#tokens[this.#at + 1] ?? this.#end;
  }

  get parameters(): number {
    return this.#parameters;
  }

  take(): Token {
    const token = this.head;
    this.#at += 1;
    return token;
  }

  /** The index of a `?`. */
  takeParameter(): number {
    this.take();
    this.#parameters += 1;
    return this.#parameters - 1;
  }

  isWord(...words: string[]): boolean {
    return this.head.kind === 'word' && words.includes(this.head.text);
  }

  isSymbol(...symbols: string[]): boolean {
    return this.head.kind === 'symbol' && symbols.includes(this.head.text);
  }

  isName(): boolean {
    return this.head.kind === 'name' || this.head.kind === 'quoted';
  }

  /** Takes the head when it is this keyword. */
  takesWord(word: string): boolean {
    const is = this.isWord(word);
    if (is) this.take();
    return is;
  }

  takesSymbol(symbol: string): boolean {
    const is = this.isSymbol(symbol);
    if (is) this.take();
    return is;
  }

  expectSymbol(symbol: string): void {
    if (!this.takesSymbol(symbol)) throw malformed(`Expected ${NAMES[symbol] ?? symbol}`);
  }

  expectWord(word: string): void {
    if (!this.takesWord(word)) throw malformed(`Expected ${word.toUpperCase()}`);
  }

  list<T>(read: () => T): T[] {
    const members = [read()];
    while (this.takesSymbol(',')) members.push(read());
    return members;
  }

  /** Reads what is one deeper. */
  deeper<T>(read: () => T): T {
    if (this.#depth === MAX_DEPTH) throw malformed();
    this.#depth += 1;
    const inner = read();
    this.#depth -= 1;
    return inner;
  }

  expectEnd(): void {
    this.takesSymbol(';');
    if (this.head.kind !== 'end') throw malformed('Unexpected token after expression');
  }
}
