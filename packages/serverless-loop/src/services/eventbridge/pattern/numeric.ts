import { comparable, isNumber } from './comparable.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import type { ValueTest } from './value-test.ts';

type Comparison = (value: number) => boolean;

const COMPARISONS = new Map<unknown, (value: number, bound: number) => boolean>([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
]);

/** `["=", 5]`, `["<", 10]`, `[">", 0, "<=", 5]`: a number in the event that can be compared, and that holds. */
export function parseNumeric(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw new InvalidPatternError('Value of numeric must be an array.');
  const terms: unknown[] = operand;
  const holds = parseTerms(terms);
  return (value) => typeof value === 'number' && holds(value);
}

function parseTerms(terms: unknown[]): Comparison {
  const [operator, operand, upperOperator, upperOperand, ...rest] = terms;
  const opensRange = operator === '>' || operator === '>=';
  const [first, bottom] = comparison(operator, operand);
  if (terms.length === 2) return first;
  if (!opensRange) throw new InvalidPatternError('Too many elements in numeric expression');

  if (upperOperator !== '<' && upperOperator !== '<=')
    throw new InvalidPatternError(`Bad numeric range operator: ${upperOperator}`);
  const [second, top] = comparison(upperOperator, upperOperand);
  if (rest.length > 0) throw new InvalidPatternError('Too many terms in numeric range expression');
  if (bottom >= top) throw new InvalidPatternError('Bottom must be less than top');
  return (value) => first(value) && second(value);
}

function comparison(operator: unknown, operand: unknown): [Comparison, number] {
  const compare = COMPARISONS.get(operator);
  if (!compare) throw new InvalidPatternError(`Unrecognized numeric range operator: ${operator}`);
  if (!isNumber(operand))
    throw new InvalidPatternError(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  const bound = comparable(operand);
  return [(value) => compare(value, bound), bound];
}
