import { fields, list, type Node, scalar } from './node.ts';

/** A value to be made of texts, numbers, lists and maps, with what the template itself says in between. */
export type Tree = Node | string | number | boolean | undefined | readonly Tree[] | Branches;

export interface Branches {
  readonly [name: string]: Tree;
}

/** The value as if it stood on that line of the template; undefined members are left out. */
export function tree(line: number, value: Tree): Node {
  if (isList(value))
    return list(
      line,
      value.filter((item) => item !== undefined).map((item) => tree(line, item)),
    );
  if (value === undefined) return scalar(line, null);
  if (typeof value !== 'object') return scalar(line, value);
  if (isNode(value)) return value;
  const entries = Object.entries(value).map(
    ([name, member]) => [name, member === undefined ? undefined : tree(line, member)] as const,
  );
  return fields(line, Object.fromEntries(entries));
}

function isList(value: Tree): value is readonly Tree[] {
  return Array.isArray(value);
}

function isNode(value: Node | Branches): value is Node {
  return typeof value.line === 'number' && typeof value.kind === 'string';
}
