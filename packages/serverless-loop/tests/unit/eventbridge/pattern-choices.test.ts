import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from '../../../src/services/eventbridge/pattern/pattern.ts';
import { runsOf } from '../../matrix.ts';

type Json = number | Json[] | { [key: string]: Json };
/** Of one field: a value that it must have, or that it must not be there. */
type Asked = number | 'absent';
/** The element of an array that is looked at. */
type Chosen = ReadonlyMap<Json[], number>;

/** Every way to look at the event is tried, and nothing remembered. */
function triedByHand(
  asked: [path: string, asked: Asked][],
  event: Json,
  chosen: Chosen = new Map(),
): boolean {
  const [first, ...others] = asked;
  if (!first) return true;
  const [path, wanted] = first;
  const found = waysTo(event, path.split('.'), chosen);
  if (found.length === 0) return wanted === 'absent' && triedByHand(others, event, chosen);
  return found.some(
    ({ values, with: more }) =>
      wanted !== 'absent' && values.includes(wanted) && triedByHand(others, event, more),
  );
}

function waysTo(node: Json, parts: string[], chosen: Chosen): { values: number[]; with: Chosen }[] {
  if (typeof node === 'number') return parts.length === 0 ? [{ values: [node], with: chosen }] : [];
  if (!Array.isArray(node))
    return parts.flatMap((_, at) => {
      const key = parts.slice(0, at + 1).join('.');
      const inner = Object.hasOwn(node, key) ? node[key] : undefined;
      return inner === undefined ? [] : waysTo(inner, parts.slice(at + 1), chosen);
    });
  const values = parts.length === 0 ? node.filter((item) => typeof item === 'number') : [];
  const here = values.length > 0 ? [{ values, with: chosen }] : [];
  const settled = chosen.get(node);
  const elements = settled === undefined ? node.map((_, at) => at) : [settled];
  const inside = elements.flatMap((at) => {
    const item = node[at];
    if (item === undefined || typeof item === 'number') return [];
    return waysTo(item, parts, settled === undefined ? new Map([...chosen, [node, at]]) : chosen);
  });
  return [...here, ...inside];
}

const key = fc.constantFrom('a', 'b', 'c', 'a.b');
const { event } = fc.letrec<{ node: Json; inner: Json; event: { [key: string]: Json } }>((tie) => ({
  node: fc.oneof({ maxDepth: 2 }, fc.constantFrom(1, 2), fc.constantFrom(1, 2), tie('event'), tie('inner')),
  inner: fc.array(tie('event'), { minLength: 2, maxLength: 3 }),
  event: fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3 }),
}));
const arrays = fc.array(event, { minLength: 2, maxLength: 3 });
const picks = fc.array(fc.tuple(fc.nat(), fc.nat(9)), { minLength: 3, maxLength: 6 });

/** All that the event has at its leaves, wherever: what is worth asking for. */
function leavesOf(node: Json, path: string[] = []): [path: string, value: number][] {
  if (typeof node === 'number') return [[path.join('.'), node]];
  if (Array.isArray(node)) return node.flatMap((item) => leavesOf(item, path));
  return Object.entries(node).flatMap(([name, item]) => leavesOf(item, [...path, name]));
}

/** Some of it, one value a path, and now and then that the path is not there. */
function askedOf(value: Json, chosen: [which: number, how: number][]): [path: string, asked: Asked][] {
  const leaves = leavesOf(value);
  const asked = new Map<string, Asked>();
  for (const [which, how] of chosen) {
    const [path, wanted] = leaves[which % leaves.length] ?? ['a', 1];
    asked.set(path, how === 0 ? 'absent' : wanted);
  }
  return [...asked].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Long enough that what failed is remembered from the first field on; none of its elements says anything about the others. */
const LEAD = { '!': Array.from({ length: 101 }, () => ({ x: 1 })) };

test('what a match remembers of elements that failed never changes its answer', () => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(event, arrays, arrays, picks, (more, list, other, chosen) => {
      const value = { ...more, a: [{ b: list.toReversed() }, ...list], 'a.b': other };
      const asked = askedOf(value, chosen);
      const expected = triedByHand(asked, value);
      seen[`${expected}`] += 1;
      const fields = asked.map(([path, wanted]) => [
        path,
        wanted === 'absent' ? [{ exists: false }] : [wanted],
      ]);
      const matches = compilePattern({ '!': { x: [1] }, ...Object.fromEntries(fields) });
      expect(matches({ ...LEAD, ...value })).toBe(expected);
    }),
    { numRuns: runsOf(6_000) },
  );
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(runsOf(200));
});
