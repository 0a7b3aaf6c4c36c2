import { type Filter, parseFilter } from './filter.ts';
import { QUOTED, TextCursor, unquoted } from './text-cursor.ts';

/** A path of a JSONPath machine: into the state's input, the context object (`$$`) or a variable (`$name`). */
export interface Path {
  text: string;
  root: PathRoot;
  steps: readonly Step[];
  /** It leads to one value; any other gives a list of all that it finds. */
  isDefinite: boolean;
}

export type PathRoot = 'input' | 'context' | { variable: string };

export type Step =
  | { kind: 'names'; names: readonly string[] }
  | { kind: 'indices'; indices: readonly number[] }
  | { kind: 'slice'; from?: number; to?: number; by: number }
  | { kind: 'all' }
  | { kind: 'below' }
  | { kind: 'filter'; filter: Filter };

const ROOT = /\$\$|\$(?<variable>[\p{L}_][\p{L}\p{N}_]*)?/uy;
const NAME = /(?:[^\s.[\]()?*'",:$@]|\\.)+/suy;
const INDEX = /\s*(-?\d+)\s*/y;
const SLICE = /\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(\d+))?\s*\]/y;

/** Reads a path (states language, "Paths"). Throws TextError. */
export function parsePath(text: string): Path {
  const cursor = new TextCursor(text);
  const path = takePath(cursor);
  if (!cursor.isAtEnd) cursor.fail('"." or "["');
  return path;
}

/** Reads a path that other text may follow. Throws TextError. */
export function takePath(cursor: TextCursor): Path {
  const from = cursor.at;
  const root = cursor.expect(ROOT, '"$"');
  const variable = root.groups?.variable;
  const steps: Step[] = [];
  for (let taken = takeSteps(cursor); taken.length > 0; taken = takeSteps(cursor)) steps.push(...taken);
  return {
    text: cursor.text.slice(from, cursor.at),
    root: root[0] === '$$' ? 'context' : variable === undefined ? 'input' : { variable },
    steps,
    isDefinite: steps.every(isOne),
  };
}

function takeSteps(cursor: TextCursor): Step[] {
  if (cursor.take(/\.\./y))
    return [{ kind: 'below' }, cursor.take(/\[/y) ? takeBracket(cursor) : takeName(cursor)];
  if (cursor.take(/\./y)) return [takeName(cursor)];
  if (cursor.take(/\[/y)) return [takeBracket(cursor)];
  return [];
}

function takeName(cursor: TextCursor): Step {
  if (cursor.take(/\*/y)) return { kind: 'all' };
  const [name] = cursor.expect(NAME, 'a name');
  return { kind: 'names', names: [name.replace(/\\(.)/gs, '$1')] };
}

function takeBracket(cursor: TextCursor): Step {
  if (cursor.take(/\s*\*\s*\]/y)) return { kind: 'all' };
  if (cursor.take(/\s*\?\s*\(/y)) {
    const filter = parseFilter(cursor);
    cursor.expect(/\s*\)\s*\]/y, '")]"');
    return { kind: 'filter', filter };
  }
  const slice = cursor.take(SLICE);
  if (slice) return sliceOf(slice);
  const quoted = cursor.take(QUOTED);
  if (quoted) return { kind: 'names', names: takeList(cursor, unquoted(quoted), QUOTED, unquoted) };
  const index = cursor.expect(INDEX, 'an index, a name in quotes, a slice, "*" or a filter');
  return { kind: 'indices', indices: takeList(cursor, Number(index[1]), INDEX, (match) => Number(match[1])) };
}

function takeList<Item>(
  cursor: TextCursor,
  first: Item,
  pattern: RegExp,
  read: (match: RegExpExecArray) => Item,
): Item[] {
  const items = [first];
  while (cursor.take(/,/y)) items.push(read(cursor.expect(pattern, 'another of its kind')));
  cursor.expect(/\]/y, '"]"');
  return items;
}

function sliceOf([, from, to, by]: RegExpExecArray): Step {
  return {
    kind: 'slice',
    ...(from !== undefined && { from: Number(from) }),
    ...(to !== undefined && { to: Number(to) }),
    by: Math.max(1, Number(by ?? 1)),
  };
}

function isOne(step: Step): boolean {
  if (step.kind === 'names') return step.names.length === 1;
  return step.kind === 'indices' && step.indices.length === 1;
}
