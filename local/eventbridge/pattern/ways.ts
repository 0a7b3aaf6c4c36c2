import type { JsonObject } from '../../aws/operation.ts';
import type { FieldTest } from './field.ts';
import type { Choice, Locator } from './leaves.ts';

/** What a pattern asks of a field, and where the field is. */
export interface LocatedTest extends FieldTest {
  path: string;
  locate: Locator;
}

/** Up to here trying every way costs nothing that anybody would notice. */
const FEW_STEPS = 100;
/**
 * Values of an event that are looked at, one as often as it is. A megabyte has a tenth; only an event whose keys hold dots, so
 * that several arrays share a path, needs as many, and was made to: it matches nothing.
 */
const MOST_LOOKS = 5_000_000;

/**
 * Whether all tests fit with fields of the same array elements. Each array adds a choice, and the choices multiply; but what
 * the tests from one on can find depends on the arrays alone that they still meet. From where and with which of these choices
 * there is no way on is remembered: eight arrays of eight elements would make sixteen million ways.
 */
export function matchesAll(tests: readonly LocatedTest[], event: JsonObject): boolean {
  let steps = 0;
  const work = { left: MOST_LOOKS };
  const deadEnds = new Set<string>();
  const numbers = new Map<unknown[], number>();
  const lastUses = new Map<string, number>();

  function fitsFrom(at: number, choice: Choice | undefined): boolean {
    const test = tests[at];
    if (!test) return true;
    steps += 1;
    const place = steps > FEW_STEPS ? placeOf(at, choice) : undefined;
    if (place !== undefined && deadEnds.has(place)) return false;
    const leaves = test.locate(event, choice, work);
    if (work.left < 0) return false;
    const fits =
      leaves.length === 0
        ? test.fitsAbsence && fitsFrom(at + 1, choice)
        : leaves.some((leaf) => leaf.values.some(test.fits) && fitsFrom(at + 1, leaf.choice));
    if (!fits && place !== undefined) deadEnds.add(place);
    return fits;
  }

  function placeOf(at: number, choice: Choice | undefined): string {
    let place = `${at}`;
    for (let made = choice; made; made = made.before)
      if (lastUseOf(made.path) >= at) place += ` ${numberOf(made.array)}:${made.element}`;
    return place;
  }

  /** The last test that lies under an array. */
  function lastUseOf(path: string): number {
    const known = lastUses.get(path);
    if (known !== undefined) return known;
    const last = tests.findLastIndex((test) => test.path === path || test.path.startsWith(`${path}.`));
    lastUses.set(path, last);
    return last;
  }

  function numberOf(array: unknown[]): number {
    const known = numbers.get(array) ?? numbers.size;
    numbers.set(array, known);
    return known;
  }

  return fitsFrom(0, undefined);
}
