/**
 * Members of an operation's input and output, as data: which kind of value each is and its limits, as the API's model has
 * them. The types of what is read and of what is answered follow from the description.
 */

import type { Readable } from 'node:stream';
import type { JsonObject } from './json-object.ts';

interface AnyKind {
  /** Absent: the member may be absent. */
  required?: true;
  /** Its name on the wire where that is another: the query protocol's, a header's, a query parameter's. */
  name?: string;
  /** In the REST protocols: where it stands. Absent: in the body. */
  at?: 'path' | 'query' | 'header' | 'headers' | 'status' | 'payload';
  /** Told in no error message: it "MUST NOT be exposed in things like exception messages or log output" (Smithy, "sensitive trait"). */
  sensitive?: true;
  /** The service's own words about a value beyond the limits. */
  reason?: string;
}

/** Least and most: length of a text, blob, list or map; value of a number. */
interface Limited {
  min?: number;
  max?: number;
}

interface TextLimits extends AnyKind, Limited {
  /** All of the text must match: an expression's source, as the API's model spells it. */
  pattern?: string;
}

export interface Text<Word extends string = string> extends TextLimits {
  kind: 'text';
  /** The only words that it may be. */
  oneOf?: readonly Word[];
  matcher?: RegExp;
}

/** Of `integer`, `long` and `short`, or of `float` and `double`. */
export interface Numeric extends AnyKind, Limited {
  kind: 'integer' | 'number';
}

export interface Flag extends AnyKind {
  kind: 'boolean';
}

/** Epoch milliseconds for the operation, whatever the protocol writes. */
export interface Timestamp extends AnyKind {
  kind: 'timestamp';
  /** On the wire, where it isn't as usual in the protocol. */
  form?: 'seconds' | 'iso' | 'http';
}

export interface Blob extends AnyKind, Limited {
  kind: 'blob';
}

export interface List<Item extends Kind = Kind> extends AnyKind, Limited {
  kind: 'list';
  item: Item;
  /** In XML and forms: one element an item, none around them. */
  flat?: true;
}

/** Keys are texts. */
export interface Mapping<Value extends Kind = Kind> extends AnyKind, Limited {
  kind: 'map';
  key: Text;
  value: Value;
  flat?: true;
}

export interface Structure<M extends Members = Members> extends AnyKind {
  /** Of a union one member is set. */
  kind: 'structure' | 'union';
  members: M;
  entries: readonly (readonly [name: string, kind: Kind])[];
}

/** Described for forms and XML, and read by the operation itself: one entry of a batch must not spoil the others. */
export interface Unread<Of extends Structure = Structure> extends AnyKind {
  kind: 'unread';
  of: Of;
}

/** A body as it comes and goes, which may be larger than memory. */
export interface Stream extends AnyKind {
  kind: 'stream';
}

/** Any JSON. */
export interface Document extends AnyKind {
  kind: 'document';
}

export type Kind =
  | Text
  | Numeric
  | Flag
  | Timestamp
  | Blob
  | List
  | Mapping
  | Structure
  | Unread
  | Stream
  | Document;

export type Members = Readonly<Record<string, Kind>>;

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

/** A value that was read; of a kind that isn't known, anything. */
export type ValueOf<K> = Kind extends K
  ? unknown
  : K extends { kind: 'list'; item: infer Item }
    ? ValueOf<Item>[]
    : K extends { kind: 'map'; value: infer Value }
      ? Record<string, ValueOf<Value>>
      : K extends { kind: 'structure' | 'union'; members: infer M extends Members }
        ? Read<M>
        : ScalarOf<K>;

type ScalarOf<K> =
  K extends Text<infer Word>
    ? Word
    : K extends { kind: 'integer' | 'number' | 'timestamp' }
      ? number
      : K extends { kind: 'boolean' }
        ? boolean
        : K extends { kind: 'blob' }
          ? Buffer
          : K extends { kind: 'unread' }
            ? JsonObject
            : K extends { kind: 'stream' }
              ? Readable
              : unknown;

type RequiredIn<M> = { [N in keyof M]: M[N] extends { required: true } ? N : never }[keyof M];

/** Input that keeps to its description. */
export type Read<M extends Members> = {
  [N in RequiredIn<M>]: ValueOf<M[N]>;
} & {
  [N in Exclude<keyof M, RequiredIn<M>>]?: ValueOf<M[N]>;
};

/** Input of which the kinds are known, and not yet whether it keeps to the limits: any member may be absent. */
export type Shaped<M extends Members> = { [N in keyof M]?: ShapedValue<M[N]> };

type ShapedValue<K> = Kind extends K
  ? unknown
  : K extends { kind: 'list'; item: infer Item }
    ? ShapedValue<Item>[]
    : K extends { kind: 'map'; value: infer Value }
      ? Record<string, ShapedValue<Value>>
      : K extends { kind: 'structure' | 'union'; members: infer M extends Members }
        ? Shaped<M>
        : ScalarOf<K>;

/** An answer, as its operation gives it. */
export type Written<M extends Members> = { readonly [N in keyof M]?: WrittenValue<M[N]> | undefined };

type WrittenValue<K> = Kind extends K
  ? unknown
  : K extends { kind: 'list'; item: infer Item }
    ? readonly WrittenValue<Item>[]
    : K extends { kind: 'map'; value: infer Value }
      ? Readonly<Record<string, WrittenValue<Value>>>
      : K extends { kind: 'structure' | 'union'; members: infer M extends Members }
        ? Written<M>
        : ScalarOf<K>;
