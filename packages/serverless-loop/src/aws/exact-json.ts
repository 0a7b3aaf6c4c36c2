declare global {
  interface JSON {
    /** A value that `JSON.stringify` puts into its text as it stands (ECMAScript, "JSON.parse source text access"). */
    rawJSON(text: string): object;
  }
}

/**
 * A number of a JSON text that JavaScript would write otherwise, or with other digits: `12345678901234567890`, `1.10`,
 * `1e400`. `JSON.stringify` writes it as it came.
 */
export class WrittenNumber {
  readonly text: string;
  /** The number, when a double holds just this one. */
  readonly exact: number | undefined;

  constructor(text: string) {
    this.text = text;
    const value = Number(text);
    this.exact = Number.isFinite(value) && decimalOf(String(value)) === decimalOf(text) ? value : undefined;
  }

  toJSON(): object {
    return JSON.rawJSON(this.text);
  }

  toString(): string {
    return this.text;
  }
}

/** Matches a text that may have such a number: long, with an exponent, as -0, or with zeros that say nothing. */
const MAY_HAVE_ONE = /(?:^|[[:,\s])-?(?:\d[\d.]{15}|\d+\.\d*0(?!\d)|\d[\d.]*[eE]|0\.000000|(?<=-)0(?![\d.]))/;

/** As `JSON.parse`, but a number that JavaScript would write otherwise is a WrittenNumber. Throws SyntaxError. */
export function parseExactJson(text: string): unknown {
  return MAY_HAVE_ONE.test(text)
    ? JSON.parse(text, (_key, value, context?: Source) => asWritten(value, context))
    : JSON.parse(text);
}

/** The third argument of a reviver of `JSON.parse`. */
interface Source {
  source?: string;
}

/** For a reviver of `JSON.parse`: a value as parseExactJson gives it. */
export function asWritten(value: unknown, { source }: Source = {}): unknown {
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  return new WrittenNumber(source);
}

/** The same text for the same number: its digits without zeros around them, and the power of ten of the last. */
function decimalOf(text: string): string {
  const { sign = '', whole = '', fraction = '', exponent = '0' } = DECIMAL.exec(text)?.groups ?? {};
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${power}`;
}

const DECIMAL = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<exponent>[+-]?\d+))?$/;

/** By hand: an expression for zeros at the end would take the square of their number. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
