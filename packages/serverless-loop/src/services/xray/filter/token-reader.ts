import { badExpression, type Token, tokensOf } from './tokens.ts';

/** Reads an expression token by token; what is expected and isn't there is an AwsError. */
export class TokenReader {
  private readonly tokens: Token[];
  private readonly end: number;
  private next = 0;

  constructor(expression: string) {
    this.tokens = tokensOf(expression);
    this.end = expression.length;
  }

  peek(): Token | undefined {
    return this.tokens[this.next];
  }

  take(): Token | undefined {
    const token = this.tokens[this.next];
    this.next += 1;
    return token;
  }

  /** Takes the next one when it is this symbol, or this word in any case. */
  takeIf(...texts: string[]): boolean {
    const token = this.peek();
    if (token?.kind !== 'word' && token?.kind !== 'symbol') return false;
    if (!texts.includes(token.kind === 'word' ? token.text.toUpperCase() : token.text)) return false;
    this.next += 1;
    return true;
  }

  expect(symbol: string): void {
    if (!this.takeIf(symbol)) throw this.unexpected(`"${symbol}"`);
  }

  expectString(): string {
    const token = this.peek();
    if (token?.kind !== 'string') throw this.unexpected('a string in quotes');
    this.next += 1;
    return token.text;
  }

  unexpected(expected: string) {
    const token = this.peek();
    const found = token ? JSON.stringify(token.text) : 'the end';
    return badExpression(`expected ${expected}, found ${found}`, token?.at ?? this.end);
  }
}
