/** The shape of a request's member, as an SDK's schema says it. */
export type Shape =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'blob' | 'value' }
  | { readonly kind: 'list' | 'map'; readonly of: () => Shape }
  | { readonly kind: 'structure'; readonly members: readonly ShapeMember[] };

export interface ShapeMember {
  readonly name: string;
  readonly isRequired: boolean;
  readonly shape: () => Shape;
}

/** The inputs of the operations that an SDK client's package knows. */
export function inputShapes(client: Record<string, unknown>): Map<string, Shape> {
  const inputs = new Map<string, Shape>();
  for (const exported of Object.values(client)) {
    if (!Array.isArray(exported) || exported[0] !== 9) continue;
    const [, , name, , input]: unknown[] = exported;
    inputs.set(String(name), shapeOf(input));
  }
  return inputs;
}

const LIST = 64;
const MAP = 128;

/**
 * Smithy's schemas: numbers are simple types, with bits for a list or map of them; `[1 | 2, …, member]` lists and
 * maps; `[3, namespace, name, traits, names, schemas, required]` structures; `[4, …]` is the one union, AttributeValue.
 */
function shapeOf(schema: unknown): Shape {
  const read: unknown = typeof schema === 'function' ? schema() : schema;
  if (typeof read === 'number') return simple(read);
  if (!Array.isArray(read)) return { kind: 'text' };
  const [kind, , , , ...rest]: unknown[] = read;
  if (kind === 0) return shapeOf(rest[0]);
  if (kind === 1) return { kind: 'list', of: () => shapeOf(rest[0]) };
  if (kind === 2) return { kind: 'map', of: () => shapeOf(rest[1]) };
  if (kind === 4) return { kind: 'value' };
  const [names, schemas, required] = rest;
  if (!Array.isArray(names) || !Array.isArray(schemas)) return { kind: 'structure', members: [] };
  const members = names.map((name: unknown, at) => ({
    name: String(name),
    isRequired: at < Number(required ?? 0),
    shape: () => shapeOf(schemas[at]),
  }));
  return { kind: 'structure', members };
}

function simple(type: number): Shape {
  if ((type & LIST) !== 0) return { kind: 'list', of: () => simple(type & ~LIST) };
  if ((type & MAP) !== 0) return { kind: 'map', of: () => simple(type & ~MAP) };
  if (type === 0) return { kind: 'text' };
  if (type === 2) return { kind: 'boolean' };
  return { kind: type === 21 ? 'blob' : 'number' };
}
