import { type Fields, fields, type Node } from './node.ts';

/** The map with each value changed. */
export function mapped(given: Fields, change: (value: Node, name: string) => Node): Fields {
  return {
    ...given,
    entries: new Map([...given.entries].map(([name, value]) => [name, change(value, name)])),
  };
}

/** The members of both; the second's come before the first's of the same name. */
export function joined(first: Node | undefined, second: Node): Fields {
  const later = second.kind === 'fields' ? second : fields(second.line, {});
  return first?.kind === 'fields'
    ? { ...first, entries: new Map([...first.entries, ...later.entries]) }
    : later;
}
