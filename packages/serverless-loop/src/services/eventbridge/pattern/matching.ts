import type { JsonObject } from '../../../aws/json-object.ts';
import type { FieldTest } from './field.ts';
import type { Choice, Locator } from './leaves.ts';

/** A pattern's test of one path. */
export interface LocatedTest extends FieldTest {
  path: string;
  locate: Locator;
}

/** An event whose arrays leave too many choices of elements to try them all. */
export class TooManyChoicesError extends Error {
  override readonly name = 'TooManyChoicesError';

  constructor() {
    super(`the event's arrays leave more than ${MAX_STEPS} choices to try`);
  }
}

/**
 * Values of the event that are looked at: a second or so of work, and no event that people send comes near it. Some limit
 * there must be: which elements of several arrays of one path fit together is as hard as covering a set.
 */
const MAX_STEPS = 5_000_000;
/** A match that took so many steps begins to remember what failed; the others are done sooner without. */
const STEPS_WITHOUT_MEMORY = 100;

/**
 * Tells whether all tests of any branch fit an event. Throws TooManyChoicesError for one that would keep the loop from all else.
 */
export function fitsAny(branches: readonly LocatedTest[][], event: JsonObject): boolean {
  let steps = 0;
  const look = (values: number) => {
    steps += values;
    if (steps > MAX_STEPS) throw new TooManyChoicesError();
  };
  const numbers = new Map<unknown[], number>();
  return branches.some((tests) => {
    const failed = new Set<string>();
    const lastUses = new Map<string, number>();
    let isHopeless: boolean | undefined;
    return fitsFrom(0, undefined);

    /** Tells whether all tests from the `at`th fit with fields of the same array elements, on top of those already chosen. */
    function fitsFrom(at: number, choice: Choice | undefined): boolean {
      const test = tests[at];
      if (!test) return true;
      const key = steps > STEPS_WITHOUT_MEMORY ? keyOf(at, choice) : undefined;
      if (key !== undefined) {
        isHopeless ??= tests.some(fitsNowhere);
        if (isHopeless || failed.has(key)) return false;
      }
      const leaves = test.locate(event, choice, look);
      const fits =
        leaves.length === 0
          ? test.fitsAbsence && fitsFrom(at + 1, choice)
          : leaves.some((leaf) => leaf.values.some(test.fits) && fitsFrom(at + 1, leaf.choice));
      if (!fits && key !== undefined) failed.add(key);
      return fits;
    }

    /** No choice of elements has a value that no element has: several arrays of one path make too many choices to see it late. */
    function fitsNowhere({ locate, fits, fitsAbsence }: LocatedTest): boolean {
      return !fitsAbsence && !locate(event, undefined, look).some(({ values }) => values.some(fits));
    }

    /**
     * The test, and of what was chosen that which it or a later one may meet: an array is met again by paths that go through
     * the place where it was found, however the event's keys spell that, and by no others.
     */
    function keyOf(at: number, choice: Choice | undefined): string {
      let key = String(at);
      for (let made = choice; made; made = made.before)
        if (lastUseOf(made.path) >= at) key += ` ${numberOf(made.array)}:${made.element}`;
      return key;
    }

    function lastUseOf(path: string): number {
      const last =
        lastUses.get(path) ??
        tests.findLastIndex((test) => test.path === path || test.path.startsWith(`${path}.`));
      lastUses.set(path, last);
      return last;
    }
  });

  function numberOf(array: unknown[]): number {
    const number = numbers.get(array) ?? numbers.size;
    numbers.set(array, number);
    return number;
  }
}
