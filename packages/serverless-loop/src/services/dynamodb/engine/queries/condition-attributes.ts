import type { Condition, Operand, Path } from '../expressions/syntax.ts';

/** The document paths that a condition reads. */
export function pathsIn(condition: Condition): readonly Path[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(pathsIn);
    case 'not':
      return pathsIn(condition.condition);
    case 'compare':
      return pathsOf(condition.left, condition.right);
    case 'between':
      return pathsOf(condition.operand, condition.low, condition.high);
    case 'in':
      return pathsOf(condition.operand, ...condition.list);
    case 'exists':
    case 'not_exists':
      return [condition.path];
    case 'attribute_type':
      return pathsOf(condition.operand, condition.type);
    case 'begins_with':
    case 'contains':
      return pathsOf(condition.operand, condition.search);
  }
}

function pathsOf(...operands: readonly Operand[]): readonly Path[] {
  return operands.flatMap((operand) => {
    if (operand.kind === 'path') return [operand.path];
    return operand.kind === 'size' ? pathsOf(operand.of) : [];
  });
}
