/** The types of values, as they follow from the description of members: of what is read and of what is answered. */

import type { Readable } from 'node:stream';
import type { JsonObject } from './json-object.ts';
import type { Kind, Members, Text } from './member-kinds.ts';

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
