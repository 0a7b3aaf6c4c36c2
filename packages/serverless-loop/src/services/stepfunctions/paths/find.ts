import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { Path, Step } from './path.ts';

/** Everything that a path may lead into. */
export interface PathRoots {
  input: unknown;
  context: unknown;
  variables: Readonly<JsonObject>;
}

export type Found = { found: true; value: unknown } | { found: false };

/**
 * Follows a path. One that leads to a single value finds it or nothing; any other finds a list, which is empty when nothing
 * is there, even where a part of the path is missing (LocalStack's record "test_json_path_array_wildcard_or_slice_with_no_input"
 * of AWS, tests/aws/services/stepfunctions/v2/base/test_base.snapshot.json).
 */
export function find(path: Path, roots: PathRoots): Found {
  const root = rootOf(path, roots);
  if (!root.found) return root;
  const values = path.steps.reduce<unknown[]>(
    (found, step) => found.flatMap((value) => follow(value, step)),
    [root.value],
  );
  if (!path.isDefinite) return { found: true, value: values };
  return values.length > 0 ? { found: true, value: values[0] } : { found: false };
}

function rootOf({ root }: Path, { input, context, variables }: PathRoots): Found {
  if (root === 'input') return { found: true, value: input };
  if (root === 'context') return { found: true, value: context };
  const { variable } = root;
  return Object.hasOwn(variables, variable) ? { found: true, value: variables[variable] } : { found: false };
}

function follow(value: unknown, step: Step): unknown[] {
  switch (step.kind) {
    case 'names':
      return isObject(value)
        ? step.names.filter((name) => Object.hasOwn(value, name)).map((name) => value[name])
        : [];
    case 'indices':
      return Array.isArray(value) ? step.indices.flatMap((index) => itemAt(value, index)) : [];
    case 'slice':
      return Array.isArray(value)
        ? value.slice(step.from, step.to).filter((_item, index) => index % step.by === 0)
        : [];
    case 'all':
      return childrenOf(value);
    case 'below':
      return withAllBelow(value);
    case 'filter':
      return (Array.isArray(value) ? value : isObject(value) ? [value] : []).filter((item) =>
        step.filter(item),
      );
  }
}

function itemAt(list: readonly unknown[], index: number): unknown[] {
  const at = index < 0 ? list.length + index : index;
  return at >= 0 && at < list.length ? [list[at]] : [];
}

function childrenOf(value: unknown): unknown[] {
  return Array.isArray(value) || isObject(value) ? Object.values(value) : [];
}

function withAllBelow(value: unknown): unknown[] {
  return [value, ...childrenOf(value).flatMap(withAllBelow)];
}
