import { isObject, type JsonObject } from './json-object.ts';
import type { Kind, List, Mapping, Structure } from './member-kinds.ts';
import { addStep, type Problem, refuseBeyond, wrong } from './member-problem.ts';
import {
  blobReader,
  limitsOf,
  numberReader,
  type ReadValue,
  textReader,
  timestampReader,
} from './read-scalars.ts';

/** The meaning that a service gives to a text without characters: as given, as missing where one is required, or as absent everywhere. */
export type EmptyText = 'given' | 'missing' | 'absent';

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
      return timestampReader(kind);
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
