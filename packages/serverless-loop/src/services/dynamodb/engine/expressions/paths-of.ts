import type { Condition, Operand, Path, Projection, Update } from './syntax.ts';

/** The paths of an item that a condition or filter reads, each as often as it stands there. */
export function pathsOfCondition(condition: Condition): Path[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(pathsOfCondition);
    case 'not':
      return pathsOfCondition(condition.condition);
    case 'exists':
    case 'not_exists':
      return [condition.path];
    case 'compare':
      return pathsOf([condition.left, condition.right]);
    case 'between':
      return pathsOf([condition.operand, condition.low, condition.high]);
    case 'in':
      return pathsOf([condition.operand, ...condition.list]);
    case 'attribute_type':
      return pathsOf([condition.operand, condition.type]);
    case 'begins_with':
    case 'contains':
      return pathsOf([condition.operand, condition.search]);
  }
}

const pathsOf = (operands: readonly Operand[]): Path[] => operands.flatMap(pathsOfOperand);

function pathsOfOperand(operand: Operand): Path[] {
  if (operand.kind === 'path') return [operand.path];
  return operand.kind === 'size' ? pathsOfOperand(operand.of) : [];
}

/** The paths that an update changes. */
export const pathsChangedBy = (update: Update): Path[] => [
  ...update.set.map(({ path }) => path),
  ...update.remove,
  ...update.add.map(({ path }) => path),
  ...update.delete.map(({ path }) => path),
];

/** The names of the attributes that paths begin with. */
export const attributesOf = (paths: readonly Path[] | Projection): Set<string> =>
  new Set(paths.map(([name]) => name));
