import { InvalidPatternError } from './invalid-pattern-error.ts';

/** Reads a filter pattern from left to right. */
export class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes what the expression matches right here, spaces before it left out. */
  take(expression: RegExp): string | undefined {
    this.#skipSpace();
    const sticky = new RegExp(expression.source, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  takeText(text: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.takeText(text)) throw this.unexpected(`'${text}'`);
  }

  atEnd(): boolean {
    this.#skipSpace();
    return this.#at >= this.#text.length;
  }

  /** Says what was expected here and what is there. */
  unexpected(expected: string): InvalidPatternError {
    this.#skipSpace();
    const rest = this.#text.slice(this.#at, this.#at + 20);
    const found = rest === '' ? 'the end' : `'${rest}'`;
    return new InvalidPatternError(`Expected ${expected} at character ${this.#at + 1}, found ${found}`);
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }
}

/** A text in double quotes, in which a backslash takes the next character as it is. */
export const QUOTED = /"(?:\\[\s\S]|[^"\\])*"/;

export function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\([\s\S])/g, '$1');
}
