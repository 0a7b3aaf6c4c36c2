import { MetricMathError } from './math-error.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'id'; name: string }
  | { kind: 'word'; name: string }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'negative'; of: Expression }
  | { kind: 'operation'; sign: string; left: Expression; right: Expression }
  | { kind: 'call'; name: string; args: Expression[] };

/** Operators that bind least come first. */
const PRECEDENCE = [['||'], ['&&'], ['==', '!=', '<=', '>=', '<', '>'], ['+', '-'], ['*', '/'], ['^']];
const DEEPEST = 100;

/** Reads a metric math expression (CloudWatch guide, "Metric math syntax and functions"). Throws MetricMathError. */
export function parseExpression(expression: string): Expression {
  const tokens = tokensOf(expression);
  let at = 0;
  let depth = 0;

  const peek = (): Token | undefined => tokens[at];
  const isSign = (sign: string): boolean => {
    const token = peek();
    return token?.kind === 'sign' && token.sign === sign;
  };
  function expect(sign: string): void {
    if (!isSign(sign)) throw unexpected(peek(), `"${sign}"`);
    at += 1;
  }

  function operation(level: number): Expression {
    const signs = PRECEDENCE[level];
    if (!signs) return unary();
    let left = operation(level + 1);
    for (let token = peek(); token?.kind === 'sign' && signs.includes(token.sign); token = peek()) {
      at += 1;
      left = { kind: 'operation', sign: token.sign, left, right: operation(level + 1) };
    }
    return left;
  }

  function unary(): Expression {
    if (!isSign('-')) return primary();
    at += 1;
    return nested(() => ({ kind: 'negative', of: unary() }));
  }

  function nested(read: () => Expression): Expression {
    depth += 1;
    if (depth > DEEPEST) throw new MetricMathError(`Expressions may be nested ${DEEPEST} deep`);
    const expression = read();
    depth -= 1;
    return expression;
  }

  function primary(): Expression {
    const token = peek();
    at += 1;
    if (token?.kind === 'word' && isSign('('))
      return { kind: 'call', name: token.name, args: items('(', ')') };
    if (token !== undefined && token.kind !== 'sign') return token;
    at -= 1;
    if (isSign('[')) return { kind: 'list', items: items('[', ']') };
    expect('(');
    const inner = nested(() => operation(0));
    expect(')');
    return inner;
  }

  function items(open: string, close: string): Expression[] {
    const found: Expression[] = [];
    expect(open);
    if (!isSign(close)) found.push(nested(() => operation(0)));
    while (isSign(',')) {
      at += 1;
      found.push(nested(() => operation(0)));
    }
    expect(close);
    return found;
  }

  const whole = operation(0);
  if (at < tokens.length) throw unexpected(peek(), 'the end');
  return whole;
}

/** The ids that an expression names. */
export function idsIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'id':
      return [expression.name];
    case 'list':
      return expression.items.flatMap(idsIn);
    case 'call':
      return expression.args.flatMap(idsIn);
    case 'negative':
      return idsIn(expression.of);
    case 'operation':
      return [...idsIn(expression.left), ...idsIn(expression.right)];
    default:
      return [];
  }
}

function unexpected(token: Token | undefined, expected: string): MetricMathError {
  return new MetricMathError(
    `Invalid syntax: expected ${expected}, found ${token ? shown(token) : 'the end'}`,
  );
}

function shown(token: Token): string {
  if (token.kind === 'sign') return `"${token.sign}"`;
  return 'name' in token ? token.name : JSON.stringify(token.value);
}
