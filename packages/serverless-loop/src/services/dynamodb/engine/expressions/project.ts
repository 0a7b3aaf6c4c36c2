import { type AttributeValue, type Item, newItem } from '../values/attribute-value.ts';
import { memberOf } from './resolve-path.ts';
import type { Path, Projection } from './syntax.ts';

/** The parts of the paths below one place of an item; a place with none is kept whole. */
type Parts = Map<string | number, Parts>;

/**
 * Keeps of an item what its paths name: members of maps under their names, members of lists close together
 * in their order. Paths that lead nowhere give nothing.
 */
export function project(projection: Projection, item: Item): Item {
  const result = newItem();
  for (const [name, parts] of partsOf(projection)) {
    const value = item[name];
    const kept = value && keep(value, parts);
    if (kept) result[name] = kept;
  }
  return result;
}

function partsOf(paths: readonly Path[]): Parts {
  const root: Parts = new Map();
  for (const path of paths) {
    let parts = root;
    for (const part of path) {
      const below: Parts = parts.get(part) ?? new Map();
      parts.set(part, below);
      parts = below;
    }
  }
  return root;
}

function keep(value: AttributeValue, parts: Parts): AttributeValue | undefined {
  if (parts.size === 0) return value;
  const kept: [string | number, AttributeValue][] = [];
  for (const [part, below] of parts) {
    const member = memberOf(value, part);
    const inner = member && keep(member, below);
    if (inner) kept.push([part, inner]);
  }
  if (kept.length === 0) return undefined;
  return 'L' in value ? { L: inOrder(kept) } : { M: mapOf(kept) };
}

function inOrder(kept: readonly (readonly [string | number, AttributeValue])[]): AttributeValue[] {
  return [...kept].sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

function mapOf(kept: readonly (readonly [string | number, AttributeValue])[]): Item {
  const map = newItem();
  for (const [name, value] of kept) map[name] = value;
  return map;
}
