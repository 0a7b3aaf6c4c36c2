import { InvalidPatternError } from './invalid-pattern-error.ts';
import type { ValueTest } from './value-test.ts';

/** "Numeric matching … is limited to values between -5.0e9 and +5.0e9 inclusive" (EventBridge guide, comparison operators). */
const limit = 5e9;

type Comparison = (value: number) => boolean;

const comparisons = new Map<unknown, (value: number, bound: number) => boolean>([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
]);

/** `["=", 5]`, `["<", 10]`, `[">", 0, "<=", 5]`: a number in the event, within what EventBridge compares, that holds. */
export function parseNumeric(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw new InvalidPatternError('Value of numeric must be an array.');
  const terms: unknown[] = operand;
  const holds = parseTerms(terms);
  return (value) => typeof value === 'number' && Math.abs(value) <= limit && holds(value);
}

function parseTerms(terms: unknown[]): Comparison {
  const [operator, operand, upperOperator, upperOperand, ...rest] = terms;
  const opensRange = operator === '>' || operator === '>=';
  const first = comparison(operator, operand);
  if (terms.length === 2) return first;
  if (!opensRange || rest.length > 0) throw new InvalidPatternError('Too many terms in numeric expression');

  if (upperOperator !== '<' && upperOperator !== '<=')
    throw new InvalidPatternError(`Bad numeric range operator: ${upperOperator}`);
  const second = comparison(upperOperator, upperOperand);
  if (Number(operand) >= Number(upperOperand))
    throw new InvalidPatternError('The bottom of a numeric range must be less than its top');
  return (value) => first(value) && second(value);
}

function comparison(operator: unknown, operand: unknown): Comparison {
  const compare = comparisons.get(operator);
  if (!compare) throw new InvalidPatternError(`Unrecognized numeric range operator: ${operator}`);
  const bound = numberOf(operand, operator);
  return (value) => compare(value, bound);
}

function numberOf(operand: unknown, operator: unknown): number {
  if (typeof operand !== 'number') throw new InvalidPatternError(`Value of ${operator} must be numeric`);
  if (Math.abs(operand) > limit)
    throw new InvalidPatternError(`Numbers must be between -5.0E9 and 5.0E9, not ${operand}`);
  return operand;
}
