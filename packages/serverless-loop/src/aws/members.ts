/**
 * Describes the members of an operation's input and output, as data: `required(text({ min: 1, max: 80 }))`. Their kinds are those
 * of member-kinds.ts; the types of their values follow from the description (member-values.ts). A table imports all of it from here.
 */

import type {
  AnyKind,
  Blob,
  Document,
  Flag,
  Kind,
  Limited,
  List,
  Mapping,
  Members,
  Numeric,
  Stream,
  Structure,
  Text,
  TextLimits,
  Timestamp,
  Unread,
} from './member-kinds.ts';

export type { Kind, Mapping, Members, Structure } from './member-kinds.ts';
export type { Read, Shaped, ValueOf, Written } from './member-values.ts';

export function text(limits: TextLimits = {}): Text {
  const { pattern } = limits;
  return {
    kind: 'text',
    ...limits,
    ...(pattern !== undefined && { matcher: new RegExp(`^(?:${pattern})$`, 'u') }),
  };
}

/** A text that is one of few words, for which there is an error of its own. */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
  more: AnyKind = {},
): Text<Words[number]> {
  return { kind: 'text', oneOf: words, ...more };
}

export function integer(limits: AnyKind & Limited = {}): Numeric {
  return { kind: 'integer', ...limits };
}

export function number(limits: AnyKind & Limited = {}): Numeric {
  return { kind: 'number', ...limits };
}

export function boolean(more: AnyKind = {}): Flag {
  return { kind: 'boolean', ...more };
}

export function timestamp(more: Omit<Timestamp, 'kind'> = {}): Timestamp {
  return { kind: 'timestamp', ...more };
}

export function blob(limits: AnyKind & Limited = {}): Blob {
  return { kind: 'blob', ...limits };
}

export function list<Item extends Kind>(item: Item, more: Omit<List, 'kind' | 'item'> = {}): List<Item> {
  return { kind: 'list', item, ...more };
}

export function map<Value extends Kind>(
  value: Value,
  { key = text(), ...more }: Partial<Omit<Mapping, 'kind' | 'value'>> = {},
): Mapping<Value> {
  return { kind: 'map', key, value, ...more };
}

export function structure<const M extends Members>(members: M, more: AnyKind = {}): Structure<M> {
  return { kind: 'structure', members, entries: Object.entries(members), ...more };
}

export function union<const M extends Members>(members: M, more: AnyKind = {}): Structure<M> {
  return { ...structure(members, more), kind: 'union' };
}

export function unread<Of extends Structure>(of: Of): Unread<Of> {
  return { kind: 'unread', of };
}

export function stream(more: AnyKind = {}): Stream {
  return { kind: 'stream', ...more };
}

export function document(more: AnyKind = {}): Document {
  return { kind: 'document', ...more };
}

export function required<K extends Kind>(kind: K): K & { required: true } {
  return { ...kind, required: true };
}
