import { asText } from './as-text.ts';
import type { Operator } from './syntax.ts';

export function arithmetic(operator: Operator, one: number, other: number): unknown {
  switch (operator) {
    case '<':
      return one < other;
    case '>':
      return one > other;
    case '<=':
      return one <= other;
    case '>=':
      return one >= other;
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    default:
      return divided(operator, one, other);
  }
}

/** Whole numbers divide to a whole number, as Java's. */
function divided(operator: Operator, one: number, other: number): unknown {
  if (other === 0) return undefined;
  if (operator === '%') return one % other;
  return Number.isInteger(one) && Number.isInteger(other) ? Math.trunc(one / other) : one / other;
}

/** "If … the class of the objects differ, toString() is called" (Velocity's user guide, "Relational and Logical Operators"). */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === undefined || one === null || other === undefined || other === null)
    return (one ?? undefined) === (other ?? undefined);
  return typeof one === typeof other && typeof one !== 'object'
    ? one === other
    : asText(one) === asText(other);
}
