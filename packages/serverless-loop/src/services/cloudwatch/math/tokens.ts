import { MetricMathError } from './math-error.ts';

export type Token =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  /** Of a metric or another expression: begins with a small letter. */
  | { kind: 'id'; name: string }
  /** A function, or a word such as REPEAT: capitals. */
  | { kind: 'word'; name: string }
  | { kind: 'sign'; sign: string };

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<id>[a-z][A-Za-z0-9_]*)|(?<word>[A-Z][A-Z0-9_]*)|(?<sign>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/y;

/** The parts of a metric math expression. Throws MetricMathError where there is none. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const text = expression.trimEnd();
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text)?.groups;
    if (!found) throw new MetricMathError(`Invalid syntax at "${text.slice(at, at + 20)}"`);
    tokens.push(tokenOf(found));
  }
  return tokens;
}

function tokenOf(found: Record<string, string | undefined>): Token {
  const { number, double, single, id, word, sign = '' } = found;
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (id !== undefined) return { kind: 'id', name: id };
  if (word === 'AND') return { kind: 'sign', sign: '&&' };
  if (word === 'OR') return { kind: 'sign', sign: '||' };
  if (word !== undefined) return { kind: 'word', name: word };
  const text = double ?? single;
  return text === undefined ? { kind: 'sign', sign } : { kind: 'text', value: text };
}
