/** The logical id in its own template of what a tree of stacks knows by the ids that lead to it, e.g. `Shop/Orders`. */
export function localIdOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The path of the nested stack that something belongs to; undefined for what is of the tree's outermost stack. */
export function stackPathOf(path: string): string | undefined {
  const end = path.lastIndexOf('/');
  return end < 0 ? undefined : path.slice(0, end);
}

/** True for what a nested stack is made of, at any depth. */
export function isWithin(path: string, stackPath: string): boolean {
  return path.startsWith(`${stackPath}/`);
}
