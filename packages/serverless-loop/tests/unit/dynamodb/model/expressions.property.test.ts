import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyUpdate } from '../../../../src/services/dynamodb/engine/expressions/apply-update.ts';
import { evaluate } from '../../../../src/services/dynamodb/engine/expressions/evaluate.ts';
import {
  parseCondition,
  parseProjection,
  parseUpdate,
} from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { Placeholders as OfRequest } from '../../../../src/services/dynamodb/engine/expressions/placeholders.ts';
import { project } from '../../../../src/services/dynamodb/engine/expressions/project.ts';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { runsOf } from '../../../matrix.ts';
import { item, path } from './arbitrary-values.ts';
import { condition, holds } from './conditions.ts';
import { at, fingerprint } from './naive-values.ts';
import { Placeholders, print, printPath } from './printed.ts';
import { areApart, isSame, printUpdate, update, updated } from './updates.ts';

type Item = Record<string, AttributeValue>;

const ofRequest = ({ names, values }: Placeholders) =>
  new OfRequest(Object.fromEntries(names), Object.fromEntries(values));

test('a condition holds for the items that the model keeps', () => {
  fc.assert(
    fc.property(condition, fc.array(item, { minLength: 1, maxLength: 5 }), (of, items) => {
      const words = new Placeholders();
      const text = print(of, words);
      const parsed = parseCondition(text, ofRequest(words));
      for (const one of items)
        if (evaluate(parsed, one) !== holds(of, one))
          throw new Error(`${text} of ${JSON.stringify([[...words.values], one])} isn't ${holds(of, one)}`);
    }),
    { numRuns: runsOf(2_000) },
  );
});

/** The item after the update, or undefined when it is refused. */
function engineUpdate(text: string, words: Placeholders, before: Item): Item | undefined {
  const parsed = parseUpdate(text, ofRequest(words));
  try {
    return { ...applyUpdate(parsed, before, Object.create(null)).item };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationException') return undefined;
    throw error;
  }
}

test('an update makes the item that the model makes, is refused when that refuses, and leaves the old item as it was', () => {
  let refused = 0;
  fc.assert(
    fc.property(update, item, (of, before) => {
      const words = new Placeholders();
      const text = printUpdate(of, words);
      const print = fingerprint({ M: before });
      const expected = updated(of, before);
      if (!expected) refused += 1;
      const result = engineUpdate(text, words, before);
      if (!isSame(result, expected))
        throw new Error(`${text} ${JSON.stringify([[...words.values], before, result, expected])}`);
      expect(fingerprint({ M: before })).toBe(print);
    }),
    { numRuns: runsOf(5_000) },
  );
  expect(refused).toBeLessThan(4_500);
});

const paths = fc
  .array(path, { minLength: 1, maxLength: 4 })
  .filter((all) => all.every((one, index) => all.slice(index + 1).every((other) => areApart(one, other))));

test('a projection keeps the values of its paths, and nothing else', () => {
  fc.assert(
    fc.property(paths, item, (of, one) => {
      const words = new Placeholders();
      const text = of.map((each) => printPath(each, words)).join(', ');
      const kept = project(parseProjection(text, ofRequest(words)), one);
      const found = of.filter((each) => at(one, each) !== undefined);
      const leaves = found.map((each) => fingerprint(at(one, each) ?? { NULL: true }));
      expect(Object.keys(kept).sort()).toEqual([...new Set(found.map(([name]) => name))].sort());
      expect(leavesOf(found, { M: { ...kept } }).sort()).toEqual(leaves.sort());
    }),
    { numRuns: runsOf(3_000) },
  );
});

/** The values at the paths in what was kept, where lists are packed. */
function leavesOf(
  found: readonly (readonly (string | number)[])[],
  value: AttributeValue | undefined,
): string[] {
  if (found.some((each) => each.length === 0)) return value ? [fingerprint(value)] : [];
  const steps = [...new Set(found.map(([step]) => step))].sort((a, b) => ((a ?? 0) > (b ?? 0) ? 1 : -1));
  if (value && 'L' in value) expect(value.L).toHaveLength(steps.length);
  return steps.flatMap((step, position) => {
    const below = found.filter(([first]) => first === step).map(([, ...rest]) => rest);
    if (value && 'L' in value) return leavesOf(below, value.L[position]);
    const member =
      value && 'M' in value ? Object.entries(value.M).find(([name]) => name === step)?.[1] : undefined;
    return leavesOf(below, member);
  });
}
