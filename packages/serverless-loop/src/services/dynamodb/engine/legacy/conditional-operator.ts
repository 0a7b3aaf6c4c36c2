import { validationError } from '../dynamodb-error.ts';
import type { Condition } from '../expressions/syntax.ts';

/** Joins the conditions of Expected, QueryFilter or ScanFilter, by AND where ConditionalOperator doesn't say OR. */
export function joinedBy(
  operator: string | null | undefined,
  conditions: readonly Condition[] | undefined,
): Condition | undefined {
  checkOperator(operator, conditions?.length ?? 0);
  if (!conditions || conditions.length === 0) return undefined;
  return { kind: operator === 'OR' ? 'or' : 'and', conditions };
}

function checkOperator(operator: string | null | undefined, count: number): void {
  if (operator == null) return;
  if (operator !== 'AND' && operator !== 'OR') {
    throw validationError(
      `1 validation error detected: Value '${operator}' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]`,
    );
  }
  if (count === 0) throw validationError('ConditionalOperator cannot be used without Filter or Expected');
  if (count === 1) {
    throw validationError(
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    );
  }
}
