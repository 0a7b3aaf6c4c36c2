import { Findings } from './findings.ts';
import type { Placeholders } from './placeholders.ts';
import { Tokens } from './tokens.ts';

/** The most operators and functions of one expression. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_OPERATORS = 300;

/** One expression as it is read: its tokens, what its placeholders mean, and what was found wrong. */
export class Reading {
  readonly tokens: Tokens;
  readonly placeholders: Placeholders;
  readonly findings = new Findings();
  readonly #keywords: ReadonlySet<string>;
  #operators = 0;

  /** @param keywords the words that can't stand where a name is expected, in upper case. */
  constructor(text: string, placeholders: Placeholders, keywords: readonly string[]) {
    this.tokens = new Tokens(text);
    this.placeholders = placeholders;
    this.#keywords = new Set(keywords);
  }

  isKeyword(word: string): boolean {
    return this.#keywords.has(word.toUpperCase());
  }

  countOperator(): void {
    this.#operators++;
    if (this.#operators > MAX_OPERATORS) {
      this.findings.add(
        'operators',
        `The expression contains too many operators; operator count: ${MAX_OPERATORS + 1}`,
      );
    }
  }
}
