import { isObject, type JsonObject } from './json-object.ts';
import type { Blob, Kind, List, Mapping, Numeric, Structure, Text, Timestamp } from './members.ts';

/** A value that its description doesn't let through. */
export interface Problem {
  /** From the input's member down to the value. */
  path: Step[];
  /** The part of the description that it breaks: `type` is another kind of JSON value. */
  rule: 'type' | 'required' | 'pattern' | 'min' | 'max' | 'oneOf';
  kind: Kind;
  value: unknown;
  /** The list, of a text in one: AWS tells all of it. */
  items?: unknown[];
}

/** A member's name, an item's number from 1 or a map's key. */
export type Step = { member: string } | { item: number } | { key: string };

/** The meaning that a service gives to a text without characters: as given, as missing where one is required, or as absent everywhere. */
export type EmptyText = 'given' | 'missing' | 'absent';

type ReadValue = (given: unknown, problems: Problem[]) => unknown;

/** Reads the members of an input; each that breaks a rule is told in `problems`. */
export type ReadMembers = (given: JsonObject, problems: Problem[]) => JsonObject;

/** Reads one member of a structure. */
interface MemberReader {
  name: string;
  kind: Kind;
  isRequired: boolean;
  isEmptyAbsent: boolean;
  read: ReadValue;
}

/**
 * Makes the reader of a structure, which is made once and runs at each call. It leaves in its input the members that the
 * structure has, without those that are null, which is as good as absent, or of a wrong kind. JSON that is as it should be
 * is not copied.
 *
 * It goes through what is given, not through what could be: most members of most inputs are absent, and `for … in` finds
 * an object's values without a search. Only an input that isn't whole is read again in the order of its description, by
 * which its problems are told.
 */
export function membersReader({ entries }: Structure, empty: EmptyText = 'given'): ReadMembers {
  const readers = entries.map(([name, kind]) => memberReader(name, kind, empty));
  const byName = new Map(readers.map((reader) => [reader.name, reader]));
  const requiredCount = readers.filter(({ isRequired }) => isRequired).length;
  return (given, problems) => {
    const before = problems.length;
    let found = 0;
    let copy: JsonObject | undefined;
    for (const name in given) {
      const member = byName.get(name);
      const value = given[name];
      if (member === undefined || isAbsent(value, member)) {
        copy ??= membersBefore(name, given);
        continue;
      }
      if (member.isRequired) found += 1;
      const kept = member.read(value, problems);
      if (kept !== value) copy ??= membersBefore(name, given);
      if (copy) copy[name] = kept;
    }
    if (problems.length === before && found === requiredCount) return copy ?? given;
    problems.length = before;
    return inOrder(readers, given, problems);
  };
}

function membersBefore(end: string, given: JsonObject): JsonObject {
  const members: JsonObject = {};
  for (const name in given) {
    if (name === end) break;
    members[name] = given[name];
  }
  return members;
}

function memberReader(name: string, kind: Kind, empty: EmptyText): MemberReader {
  const isRequired = kind.required === true;
  const isEmptyAbsent = kind.kind === 'text' && (empty === 'absent' || (empty === 'missing' && isRequired));
  return { name, kind, isRequired, isEmptyAbsent, read: valueReader(kind, empty) };
}

function isAbsent(value: unknown, { isEmptyAbsent }: MemberReader): boolean {
  return value === undefined || value === null || (isEmptyAbsent && value === '');
}

/** Reads an input that isn't whole. */
function inOrder(readers: readonly MemberReader[], given: JsonObject, problems: Problem[]): JsonObject {
  const members: JsonObject = {};
  for (const reader of readers) {
    const { name, kind, isRequired, read } = reader;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const before = problems.length;
    if (!isAbsent(value, reader)) {
      const kept = read(value, problems);
      if (kept !== undefined) members[name] = kept;
    } else if (isRequired) problems.push({ path: [], rule: 'required', kind, value: undefined });
    addStep(problems, before, { member: name });
  }
  return members;
}

/** Its result is undefined for a value of another kind. */
function valueReader(kind: Kind, empty: EmptyText): ReadValue {
  switch (kind.kind) {
    case 'text':
      return textReader(kind);
    case 'integer':
    case 'number':
      return numberReader(kind);
    case 'boolean':
      return (given, problems) => (typeof given === 'boolean' ? given : wrong(kind, given, problems));
    case 'timestamp':
      return (given, problems) => epochMs(given, kind) ?? wrong(kind, given, problems);
    case 'blob':
      return blobReader(kind);
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
  const { matcher, oneOf: words } = kind;
  const { min, max } = limitsOf(kind);
  if (!matcher && !words && min === Number.NEGATIVE_INFINITY && max === Number.POSITIVE_INFINITY)
    return (given, problems) => (typeof given === 'string' ? given : wrong(kind, given, problems));
  return (given, problems) => {
    if (typeof given !== 'string') return wrong(kind, given, problems);
    if (matcher && !matcher.test(given)) problems.push({ path: [], rule: 'pattern', kind, value: given });
    if (given.length < min || given.length > max) refuseBeyond(kind, given.length < min, given, problems);
    if (!words || words.includes(given)) return given;
    problems.push({ path: [], rule: 'oneOf', kind, value: given });
    return undefined;
  };
}

function numberReader(kind: Numeric): ReadValue {
  const isInteger = kind.kind === 'integer';
  const { min, max } = limitsOf(kind);
  return (given, problems) => {
    if (typeof given !== 'number' || (isInteger && !Number.isInteger(given)))
      return wrong(kind, given, problems);
    if (given < min || given > max) refuseBeyond(kind, given < min, given, problems);
    return given;
  };
}

function blobReader(kind: Blob): ReadValue {
  const { min, max } = limitsOf(kind);
  return (given, problems) => {
    const bytes = bytesOf(given);
    if (!bytes) return wrong(kind, given, problems);
    if (bytes.length < min || bytes.length > max) refuseBeyond(kind, bytes.length < min, bytes, problems);
    return bytes;
  };
}

/** The latest time that a Date can hold. */
const MAX_EPOCH_MS = 8.64e15;

/** Epoch seconds, with fractions, but for members that are dates in JSON too; forms and queries are read to seconds before. */
function epochMs(given: unknown, { form = 'seconds' }: Timestamp): number | undefined {
  const isDate = typeof given === 'string' && form !== 'seconds';
  const ms = typeof given === 'number' ? given * 1_000 : isDate ? Date.parse(given) : Number.NaN;
  return Math.abs(ms) <= MAX_EPOCH_MS ? ms : undefined;
}

/** JSON has base64. */
function bytesOf(given: unknown): Buffer | undefined {
  if (Buffer.isBuffer(given)) return given;
  return typeof given === 'string' ? Buffer.from(given, 'base64') : undefined;
}

function listReader(kind: List, empty: EmptyText): ReadValue {
  const read = valueReader(kind.item, empty);
  const { min, max } = limitsOf(kind);
  return (given, problems) => {
    if (!Array.isArray(given)) return wrong(kind, given, problems);
    if (given.length < min || given.length > max) refuseBeyond(kind, given.length < min, given, problems);
    const start = problems.length;
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
    // An item of another kind is left out, as a member is.
    return problems.length > start && copy ? copy.filter((item) => item !== undefined) : (copy ?? given);
  };
}

function mapReader(kind: Mapping, empty: EmptyText): ReadValue {
  const read = valueReader(kind.value, empty);
  const readKey = textReader(kind.key);
  const { min, max } = limitsOf(kind);
  return (given, problems) => {
    if (!isObject(given)) return wrong(kind, given, problems);
    const keys = Object.keys(given);
    if (keys.length < min || keys.length > max) refuseBeyond(kind, keys.length < min, given, problems);
    let changes: Map<string, unknown> | undefined;
    for (const key of keys) {
      const before = problems.length;
      readKey(key, problems);
      const item = given[key];
      const value = item === null ? undefined : read(item, problems);
      if (problems.length > before) addStep(problems, before, { key });
      if (value === item) continue;
      changes ??= new Map();
      changes.set(key, value);
    }
    if (!changes) return given;
    const values = new Map([...Object.entries(given), ...changes]);
    return Object.fromEntries([...values].filter(([, value]) => value !== undefined));
  };
}

/** Looked up once: kinds come in too many shapes for a fast look at each call. */
function limitsOf({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
}: Limits): Required<Limits> {
  return { min, max };
}

interface Limits {
  min?: number;
  max?: number;
}

function refuseBeyond(kind: Kind, isBelow: boolean, value: unknown, problems: Problem[]): void {
  problems.push({ path: [], rule: isBelow ? 'min' : 'max', kind, value });
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
