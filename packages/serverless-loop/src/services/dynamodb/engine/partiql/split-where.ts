import type { Condition, KeyOperator, KeyTest } from '../expressions/syntax.ts';
import { type AttributeValue, type Item, newItem } from '../values/attribute-value.ts';
import { equal } from '../values/compare.ts';

/** The conditions that a WHERE joins by AND, groups of ANDs in parentheses among them. */
export function conjuncts(where: Condition | undefined): readonly Condition[] {
  if (!where) return [];
  return where.kind === 'and' ? where.conditions.flatMap(conjuncts) : [where];
}

/** A condition that compares an attribute with a value as a key condition may. */
export function keyTestOf(condition: Condition): KeyTest | undefined {
  switch (condition.kind) {
    case 'compare': {
      const { left, right, operator } = condition;
      if (operator === '<>') return undefined;
      if (left.kind === 'path' && right.kind === 'value') return test(left.path, operator, right.value);
      if (left.kind === 'value' && right.kind === 'path')
        return test(right.path, MIRRORED[operator], left.value);
      return undefined;
    }
    case 'between': {
      const { operand, low, high } = condition;
      if (operand.kind !== 'path' || low.kind !== 'value' || high.kind !== 'value') return undefined;
      return test(operand.path, 'between', low.value, high.value);
    }
    case 'begins_with': {
      const { operand, search } = condition;
      if (operand.kind !== 'path' || search.kind !== 'value') return undefined;
      return test(operand.path, 'begins_with', search.value);
    }
    default:
      return undefined;
  }
}

const MIRRORED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function test(
  [name, ...below]: readonly [string, ...unknown[]],
  operator: KeyOperator,
  ...values: AttributeValue[]
): KeyTest | undefined {
  return below.length === 0 ? { name, operator, values } : undefined;
}

export interface SplitWhere {
  /** By the equalities with attributes of the key; of two with one attribute, the first. */
  readonly key: Item;
  /** The conditions that the key doesn't fulfil. */
  readonly rest: readonly Condition[];
}

/** Takes the attributes of a key out of a WHERE. */
export function splitWhere(where: Condition | undefined, names: readonly string[]): SplitWhere {
  const key = newItem();
  const rest: Condition[] = [];
  for (const condition of conjuncts(where)) {
    const found = keyTestOf(condition);
    const [value] = found?.values ?? [];
    if (found?.operator !== '=' || !value || !names.includes(found.name)) rest.push(condition);
    else {
      const known = key[found.name];
      if (known === undefined) key[found.name] = value;
      else if (!equal(known, value)) rest.push(condition);
    }
  }
  return { key, rest };
}

export const all = (conditions: readonly Condition[]): Condition | undefined =>
  conditions.length > 0 ? { kind: 'and', conditions } : undefined;
