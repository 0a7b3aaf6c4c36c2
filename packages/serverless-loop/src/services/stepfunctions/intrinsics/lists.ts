import { isDeepStrictEqual } from 'node:util';
import { IntrinsicError, type IntrinsicFunction, integerOf, listOf } from './signature.ts';

/** The most items of a range (Step Functions guide, "Intrinsic functions", "Intrinsics for arrays"). */
const MAX_IN_RANGE = 1_000;

const MANY = Number.POSITIVE_INFINITY;

export const LIST_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  Array: { takes: [0, MANY], call: (given) => [...given] },
  ArrayPartition: {
    takes: [2, 2],
    call([list, size]) {
      const items = listOf(list, 'The first argument of States.ArrayPartition');
      const each = integerOf(size, 'The second argument of States.ArrayPartition');
      if (each < 1) throw new IntrinsicError('The chunk size of States.ArrayPartition must be positive');
      const parts = Math.ceil(items.length / each);
      return Array.from({ length: parts }, (_none, part) => items.slice(part * each, (part + 1) * each));
    },
  },
  ArrayContains: {
    takes: [2, 2],
    call: ([list, wanted]) =>
      listOf(list, 'The first argument of States.ArrayContains').some((item) =>
        isDeepStrictEqual(item, wanted),
      ),
  },
  ArrayRange: { takes: [3, 3], call: ([from, to, by]) => rangeOf(from, to, by) },
  ArrayGetItem: {
    takes: [2, 2],
    call([list, index]) {
      const items = listOf(list, 'The first argument of States.ArrayGetItem');
      const at = integerOf(index, 'The second argument of States.ArrayGetItem');
      if (at < 0 || at >= items.length)
        throw new IntrinsicError(`Index ${at} is outside of an array of ${items.length} items`);
      return items[at];
    },
  },
  ArrayLength: { takes: [1, 1], call: ([list]) => listOf(list, 'The argument of States.ArrayLength').length },
  ArrayUnique: {
    takes: [1, 1],
    call: ([list]) =>
      listOf(list, 'The argument of States.ArrayUnique').filter(
        (item, at, items) => items.findIndex((other) => isDeepStrictEqual(other, item)) === at,
      ),
  },
};

function rangeOf(first: unknown, last: unknown, step: unknown): number[] {
  const from = integerOf(first, 'The first argument of States.ArrayRange');
  const to = integerOf(last, 'The second argument of States.ArrayRange');
  const by = integerOf(step, 'The third argument of States.ArrayRange');
  if (by === 0) throw new IntrinsicError('The step of States.ArrayRange can’t be 0');
  const length = Math.max(0, Math.floor((to - from) / by) + 1);
  if (length > MAX_IN_RANGE)
    throw new IntrinsicError(`States.ArrayRange makes no more than ${MAX_IN_RANGE} items`);
  return Array.from({ length }, (_none, at) => from + at * by);
}
