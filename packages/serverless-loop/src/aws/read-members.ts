import { isObject } from './json-object.ts';
import type { Kind, List, Mapping, Structure, Text } from './members.ts';
import type { JsonObject } from './operation.ts';

/** A value that its description doesn't let through. */
export interface Problem {
  /** From the input's member down to the value. */
  path: Step[];
  /** Which part of the description it breaks: `type` is another kind of JSON value. */
  rule: 'type' | 'required' | 'pattern' | 'min' | 'max' | 'oneOf';
  kind: Kind;
  value: unknown;
  /** The list, of a text in one: AWS tells all of it. */
  items?: unknown[];
}

/** A member's name, an item's number from 1 or a map's key. */
export type Step = { member: string } | { item: number } | { key: string };

/** How a service takes a text without characters: as given, as missing where one is required, or as absent everywhere. */
export type EmptyText = 'given' | 'missing' | 'absent';

type ReadValue = (given: unknown, problems: Problem[]) => unknown;

/** Reads the members of an input; each that breaks a rule is told in `problems`. */
export type ReadMembers = (given: JsonObject, problems: Problem[]) => JsonObject;

/**
 * Makes the reader of a structure, which is made once and runs at each call. It leaves in its input the members that the
 * structure has, without those that are null, which is as good as absent, or of a wrong kind. JSON that is as it should be
 * is not copied.
 */
export function membersReader({ entries }: Structure, empty: EmptyText = 'given'): ReadMembers {
  const members = entries.map(([name, kind]) => ({
    name,
    kind,
    isEmptyAbsent:
      kind.kind === 'text' && (empty === 'absent' || (empty === 'missing' && kind.required === true)),
    read: valueReader(kind, empty),
  }));
  return (given, problems) => {
    let kept = 0;
    let changes: Map<string, unknown> | undefined;
    for (const { name, kind, isEmptyAbsent, read } of members) {
      const member = given[name];
      if (member === undefined || member === null || (member === '' && isEmptyAbsent)) {
        if (kind.required)
          problems.push({ path: [{ member: name }], rule: 'required', kind, value: undefined });
        if (member === '') changes = noted(changes, name, undefined);
        continue;
      }
      const before = problems.length;
      const value = read(member, problems);
      if (problems.length > before) addStep(problems, before, { member: name });
      if (value === member) kept += 1;
      else changes = noted(changes, name, value);
    }
    if (!changes && kept === Object.keys(given).length) return given;
    return Object.fromEntries(
      members.flatMap(({ name }) => {
        const value = changes?.has(name) ? changes.get(name) : (given[name] ?? undefined);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  };
}

function noted(
  changes: Map<string, unknown> | undefined,
  name: string,
  value: unknown,
): Map<string, unknown> {
  return (changes ?? new Map<string, unknown>()).set(name, value);
}

/** Its result is undefined for a value of another kind. */
function valueReader(kind: Kind, empty: EmptyText): ReadValue {
  switch (kind.kind) {
    case 'text':
      return textReader(kind);
    case 'integer':
    case 'number': {
      const isInteger = kind.kind === 'integer';
      return (given, problems) => {
        if (typeof given !== 'number' || (isInteger && !Number.isInteger(given)))
          return wrong(kind, given, problems);
        refuseBeyond(kind, given, given, problems);
        return given;
      };
    }
    case 'boolean':
      return (given, problems) => (typeof given === 'boolean' ? given : wrong(kind, given, problems));
    case 'timestamp':
      return (given, problems) => epochMs(given) ?? wrong(kind, given, problems);
    case 'blob':
      return (given, problems) => {
        const bytes = bytesOf(given);
        if (!bytes) return wrong(kind, given, problems);
        refuseBeyond(kind, bytes.length, bytes, problems);
        return bytes;
      };
    case 'list':
      return listReader(kind, empty);
    case 'map':
      return mapReader(kind, empty);
    case 'structure':
    case 'union': {
      const read = membersReader(kind, empty);
      return (given, problems) => (isObject(given) ? read(given, problems) : wrong(kind, given, problems));
    }
    case 'unread':
      return (given, problems) => (isObject(given) ? given : wrong(kind, given, problems));
    case 'stream':
    case 'document':
      return (given) => given;
  }
}

function textReader(kind: Text): ReadValue {
  const { matcher, oneOf: words, min, max } = kind;
  if (!matcher && !words && min === undefined && max === undefined)
    return (given, problems) => (typeof given === 'string' ? given : wrong(kind, given, problems));
  return (given, problems) => {
    if (typeof given !== 'string') return wrong(kind, given, problems);
    if (matcher && !matcher.test(given)) problems.push({ path: [], rule: 'pattern', kind, value: given });
    refuseBeyond(kind, given.length, given, problems);
    if (!words || words.includes(given)) return given;
    problems.push({ path: [], rule: 'oneOf', kind, value: given });
    return undefined;
  };
}

/** JSON and CBOR have epoch seconds, with fractions, forms and queries ISO 8601. */
function epochMs(given: unknown): number | undefined {
  const ms =
    typeof given === 'number' ? given * 1_000 : typeof given === 'string' ? Date.parse(given) : Number.NaN;
  return Number.isNaN(new Date(ms).getTime()) ? undefined : ms;
}

/** JSON has base64. */
function bytesOf(given: unknown): Buffer | undefined {
  if (Buffer.isBuffer(given)) return given;
  return typeof given === 'string' ? Buffer.from(given, 'base64') : undefined;
}

function listReader(kind: List, empty: EmptyText): ReadValue {
  const read = valueReader(kind.item, empty);
  return (given, problems) => {
    if (!Array.isArray(given)) return wrong(kind, given, problems);
    refuseBeyond(kind, given.length, given, problems);
    let copy: unknown[] | undefined;
    for (let index = 0; index < given.length; index += 1) {
      const before = problems.length;
      const item: unknown = given[index];
      const value = item === null ? wrong(kind.item, item, problems) : read(item, problems);
      if (problems.length > before) addStep(problems, before, { item: index + 1 }, given);
      if (value === item) continue;
      copy ??= [...given];
      copy[index] = value;
    }
    return copy ?? given;
  };
}

function mapReader(kind: Mapping, empty: EmptyText): ReadValue {
  const read = valueReader(kind.value, empty);
  const readKey = textReader(kind.key);
  return (given, problems) => {
    if (!isObject(given)) return wrong(kind, given, problems);
    const keys = Object.keys(given);
    refuseBeyond(kind, keys.length, given, problems);
    let changes: Map<string, unknown> | undefined;
    for (const key of keys) {
      const before = problems.length;
      readKey(key, problems);
      const item = given[key];
      const value = item === null ? undefined : read(item, problems);
      if (problems.length > before) addStep(problems, before, { key });
      if (value !== item) changes = noted(changes, key, value);
    }
    if (!changes) return given;
    const values = new Map([...Object.entries(given), ...changes]);
    return Object.fromEntries([...values].filter(([, value]) => value !== undefined));
  };
}

function refuseBeyond(
  kind: Kind & { min?: number; max?: number },
  measure: number,
  value: unknown,
  problems: Problem[],
): void {
  if (kind.min !== undefined && measure < kind.min) problems.push({ path: [], rule: 'min', kind, value });
  if (kind.max !== undefined && measure > kind.max) problems.push({ path: [], rule: 'max', kind, value });
}

function wrong(kind: Kind, value: unknown, problems: Problem[]): undefined {
  problems.push({ path: [], rule: 'type', kind, value });
}

/** Only now: nothing is noted of where one is while all is well. */
function addStep(problems: Problem[], from: number, step: Step, items?: unknown[]): void {
  for (const problem of problems.slice(from)) {
    if (items && problem.path.length === 0) problem.items = items;
    problem.path.unshift(step);
  }
}
