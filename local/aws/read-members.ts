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

/**
 * The members of an input, by their description: those alone. Null is as good as absent; lists, maps and texts of JSON are
 * not copied. A value of the wrong kind is absent, and each that breaks a rule is told in `problems`.
 */
export function readMembers(
  { entries }: Structure,
  given: JsonObject,
  problems: Problem[],
  empty: EmptyText = 'given',
): JsonObject {
  const input: JsonObject = {};
  for (const [name, kind] of entries) {
    const before = problems.length;
    const member = given[name];
    if (isAbsent(member, kind, empty)) {
      if (kind.required) problems.push({ path: [], rule: 'required', kind, value: undefined });
    } else {
      const value = readValue(kind, member, problems, empty);
      if (value !== undefined) input[name] = value;
    }
    if (problems.length > before) addStep(problems, before, { member: name });
  }
  return input;
}

function isAbsent(member: unknown, kind: Kind, empty: EmptyText): boolean {
  if (member === undefined || member === null) return true;
  return (
    member === '' &&
    kind.kind === 'text' &&
    (empty === 'absent' || (empty === 'missing' && kind.required === true))
  );
}

/** Undefined for a value of another kind. */
function readValue(kind: Kind, given: unknown, problems: Problem[], empty: EmptyText): unknown {
  switch (kind.kind) {
    case 'text':
      return typeof given === 'string' ? readText(kind, given, problems) : wrong(kind, given, problems);
    case 'integer':
    case 'number':
      if (typeof given !== 'number' || (kind.kind === 'integer' && !Number.isInteger(given)))
        return wrong(kind, given, problems);
      refuseBeyond(kind, given, given, problems);
      return given;
    case 'boolean':
      return typeof given === 'boolean' ? given : wrong(kind, given, problems);
    case 'timestamp':
      return epochMs(given) ?? wrong(kind, given, problems);
    case 'blob': {
      const bytes = Buffer.isBuffer(given)
        ? given
        : typeof given === 'string'
          ? Buffer.from(given, 'base64')
          : undefined;
      if (!bytes) return wrong(kind, given, problems);
      refuseBeyond(kind, bytes.length, bytes, problems);
      return bytes;
    }
    case 'list':
      return Array.isArray(given) ? readList(kind, given, problems, empty) : wrong(kind, given, problems);
    case 'map':
      return isObject(given) ? readMap(kind, given, problems, empty) : wrong(kind, given, problems);
    case 'structure':
    case 'union':
      return isObject(given) ? readMembers(kind, given, problems, empty) : wrong(kind, given, problems);
    case 'unread':
      return isObject(given) ? given : wrong(kind, given, problems);
    case 'document':
      return given;
  }
}

function readText(kind: Text, given: string, problems: Problem[]): string | undefined {
  if (kind.matcher && !kind.matcher.test(given))
    problems.push({ path: [], rule: 'pattern', kind, value: given });
  refuseBeyond(kind, given.length, given, problems);
  if (!kind.oneOf || kind.oneOf.includes(given)) return given;
  problems.push({ path: [], rule: 'oneOf', kind, value: given });
  return undefined;
}

/** JSON and CBOR have epoch seconds, with fractions, forms and queries ISO 8601. */
function epochMs(given: unknown): number | undefined {
  const ms =
    typeof given === 'number' ? given * 1_000 : typeof given === 'string' ? Date.parse(given) : Number.NaN;
  return Number.isNaN(new Date(ms).getTime()) ? undefined : ms;
}

function readList(kind: List, given: unknown[], problems: Problem[], empty: EmptyText): unknown[] {
  refuseBeyond(kind, given.length, given, problems);
  let copy: unknown[] | undefined;
  for (let index = 0; index < given.length; index += 1) {
    const before = problems.length;
    const item: unknown = given[index];
    const value =
      item === null ? wrong(kind.item, item, problems) : readValue(kind.item, item, problems, empty);
    if (problems.length > before) addStep(problems, before, { item: index + 1 }, given);
    if (value === item) continue;
    copy ??= [...given];
    copy[index] = value;
  }
  return copy ?? given;
}

function readMap(kind: Mapping, given: JsonObject, problems: Problem[], empty: EmptyText): JsonObject {
  const keys = Object.keys(given);
  refuseBeyond(kind, keys.length, given, problems);
  const changed: [string, unknown][] = [];
  for (const key of keys) {
    const before = problems.length;
    readText(kind.key, key, problems);
    const item = given[key];
    const value = item === null ? undefined : readValue(kind.value, item, problems, empty);
    if (problems.length > before) addStep(problems, before, { key });
    if (value !== item) changed.push([key, value]);
  }
  if (changed.length === 0) return given;
  const values = new Map([...Object.entries(given), ...changed]);
  return Object.fromEntries([...values].filter(([, value]) => value !== undefined));
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
