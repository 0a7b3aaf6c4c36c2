/** Reads a text from left to right, piece by piece. */
export class TextCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Takes what the pattern, which must be sticky, matches here. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match ?? undefined;
  }

  /** Takes what the pattern matches here, or throws TextError. */
  expect(pattern: RegExp, expected: string): RegExpExecArray {
    return this.take(pattern) ?? this.fail(expected);
  }

  fail(expected: string): never {
    throw new TextError(`${expected} expected at character ${this.at + 1} of ${this.text}`);
  }
}

/** A path or a call of an intrinsic function that can't be read. */
export class TextError extends Error {
  override readonly name = 'TextError';
}

/** A string in single or double quotes, with backslashes before quotes and backslashes. */
export const QUOTED = /\s*(?:'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)")\s*/sy;

/** The text that a match of QUOTED holds. */
export function unquoted(match: RegExpExecArray): string {
  const { single, double } = match.groups ?? {};
  return (single ?? double ?? '').replace(/\\(.)/gs, '$1');
}
