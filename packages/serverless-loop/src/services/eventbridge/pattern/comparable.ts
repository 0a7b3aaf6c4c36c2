import { WrittenNumber } from '../../../aws/exact-json.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';

/**
 * Event Ruler, which EventBridge matches with, compares every number that a double holds without a change (its README,
 * "Numeric matching"). EventBridge's guide still has the limit of earlier versions, 5.0e9 either way.
 */
export function comparable(operand: number | WrittenNumber): number {
  if (typeof operand === 'number') return operand;
  if (operand.exact === undefined) throw new InvalidPatternError(`Cannot compare number : ${operand.text}`);
  return operand.exact;
}

export function isNumber(value: unknown): value is number | WrittenNumber {
  return typeof value === 'number' || value instanceof WrittenNumber;
}
