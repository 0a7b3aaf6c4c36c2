import type { WrittenNumber } from '../../aws/exact-json.ts';

/** A value of the template. Each keeps the line it stands on, so that any later step can say where. */
export type Node = Scalar | List | Fields | Unknown;

/** A number that no double holds is a WrittenNumber. */
export type Plain = string | number | boolean | null | WrittenNumber;

export interface Scalar {
  kind: 'scalar';
  line: number;
  value: Plain;
  /** The value as CloudFormation makes a string of it. */
  text: string;
  /** The parameter whose value it is. */
  parameter?: string;
}

export interface List {
  kind: 'list';
  line: number;
  items: readonly Node[];
  /** As of a Scalar. */
  parameter?: string;
}

/** A map. A Map and not an object, so that a key such as `__proto__` is a key like any other. */
export interface Fields {
  kind: 'fields';
  line: number;
  entries: ReadonlyMap<string, Node>;
}

/**
 * A value that could not be made. Without `missing` its problem is already told: whoever meets it keeps silent. With it the
 * template is right, but the value can be known only on AWS: it goes through every function and into every map and list, and
 * makes the resource that needs it unavailable (World), which tells `missing`. All others run.
 */
export interface Unknown {
  kind: 'unknown';
  line: number;
  missing?: Missing;
}

/** A value that can't be known here, e.g. `Db.Endpoint.Address`. */
export interface Missing {
  name: string;
  /** E.g. `AWS::RDS::DBCluster is not emulated`. */
  why: string;
  /** The option that gives the value, e.g. `--value Db.Endpoint.Address=value`. */
  option?: string;
}

/** Tells a person of a value that can't be known. */
export function missingText({ name, why, option }: Missing): string {
  return `${name} can't be known here: ${why}${option === undefined ? '' : `; give it with ${option}`}`;
}

export function scalar(line: number, value: Plain, text = String(value)): Scalar {
  return { kind: 'scalar', line, value, text };
}

export function list(line: number, items: readonly Node[]): List {
  return { kind: 'list', line, items };
}

/** A map of what is there; undefined values are left out. */
export function fields(line: number, values: Record<string, Node | undefined>): Fields {
  const entries = new Map<string, Node>();
  for (const [key, value] of Object.entries(values)) if (value) entries.set(key, value);
  return { kind: 'fields', line, entries };
}

export function unknown(line: number, missing?: Missing): Unknown {
  return { kind: 'unknown', line, ...(missing && { missing }) };
}

/** The same value, told as standing on another line. */
export function at(line: number, node: Node): Node {
  return { ...node, line };
}

export function entryOf(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'fields' ? node.entries.get(key) : undefined;
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
}

/** True when nothing in the value is unknown. */
export function isKnown(node: Node): boolean {
  if (node.kind === 'list') return node.items.every(isKnown);
  if (node.kind === 'fields') return [...node.entries.values()].every(isKnown);
  return node.kind === 'scalar';
}

/** The first value in it that can't be known here. */
export function missingIn(node: Node): (Unknown & { missing: Missing }) | undefined {
  if (node.kind === 'unknown') return node.missing && { ...node, missing: node.missing };
  if (node.kind === 'scalar') return undefined;
  for (const inside of node.kind === 'list' ? node.items : node.entries.values()) {
    const found = missingIn(inside);
    if (found) return found;
  }
  return undefined;
}

/** The value as plain data; what is unknown becomes null. */
export function toPlain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  if (node.kind === 'fields') return plainFields(node);
  return null;
}

export function plainFields(node: Fields): Record<string, unknown> {
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, toPlain(value)]));
}

const MAX_SHOWN_CHARACTERS = 80;

/** Names the found value in a message. */
export function describe(node: Node | undefined): string {
  if (node === undefined) return 'nothing';
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'fields') return node.entries.size === 0 ? 'an empty map' : 'a map';
  if (node.kind === 'unknown') return 'an unknown value';
  if (node.value === null) return 'nothing';
  const shown = JSON.stringify(node.value);
  return shown.length > MAX_SHOWN_CHARACTERS ? `${shown.slice(0, MAX_SHOWN_CHARACTERS)}…` : shown;
}
