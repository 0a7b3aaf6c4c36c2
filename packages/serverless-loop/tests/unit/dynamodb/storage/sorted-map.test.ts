import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedMap } from '../../../../src/services/dynamodb/engine/storage/sorted-map.ts';
import { runsOf } from '../../../matrix.ts';

const key = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\0', '\xff'), maxLength: 6 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: key, value: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ remove: key }) },
);

test('a sorted map gives what a map gives, in order, from any place on and either way', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 2000, size: 'max' }), key, key, (steps, from, to) => {
      const model = new Map<string, number>();
      const map = new SortedMap<number>();
      for (const one of steps) {
        if ('put' in one) {
          expect(map.set(one.put, one.value)).toBe(model.get(one.put));
          model.set(one.put, one.value);
        } else {
          expect(map.delete(one.remove)).toBe(model.get(one.remove));
          model.delete(one.remove);
        }
      }
      const sorted = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(map.size).toBe(model.size);
      expect([...map.entries()]).toEqual(sorted);
      expect([...map.entries({}, 'backward')]).toEqual(sorted.toReversed());
      const within = sorted.filter(([found]) => found >= from && found < to);
      expect([...map.entries({ from, to })]).toEqual(within);
      expect([...map.entries({ from, to }, 'backward')]).toEqual(within.toReversed());
      for (const [found, value] of model) expect(map.get(found)).toBe(value);
    }),
    { numRuns: runsOf(60) },
  );
});
