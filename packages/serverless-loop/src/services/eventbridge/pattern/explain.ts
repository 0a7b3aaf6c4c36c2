import type { JsonObject } from '../../../aws/json-object.ts';
import type { Scalar } from '../json.ts';
import { hintOf } from './field-hint.ts';
import { fitsAny, type LocatedTest, TooManyChoicesError } from './matching.ts';
import { locatedBranches } from './pattern.ts';

/** A field of a pattern that an event doesn't fit. */
export interface FailedField {
  /** Its dotted path. */
  path: string;
  /** Its values and operators, as the pattern has them. */
  expected: readonly unknown[];
  /** The first values that the event has there: none where it has no such field. */
  found: Scalar[];
  /** Of all of them, where there are more. */
  foundCount?: number;
  /** The likely cause, in words, where there is one. */
  hint?: string;
}

/** The reason why a pattern matches an event or doesn't. */
export type Explanation =
  | { matches: true }
  | {
      matches: false;
      /** Of the alternative that comes nearest: the one with the fewest of them. In the order of their paths. */
      failed: FailedField[];
      /** The number of ways to match that the pattern's `$or`s make: 1 without one. */
      alternatives: number;
      /** Each of these fields fits, but not in the same elements of the arrays that they lie in. */
      isSplitOverElements?: true;
      /** The match was given up: the rule doesn't get the event. */
      gaveUp?: string;
    };

/** Values of a field that are told. */
const MAX_FOUND = 10;

/**
 * Says which fields of a pattern an event doesn't fit. It reads the pattern anew, for who asks; matching stays as fast.
 * @param pattern a JSON object, or the JSON text of one
 * @throws InvalidPatternError with AWS's reason
 */
export function explain(pattern: unknown, event: JsonObject): Explanation {
  const branches = locatedBranches(pattern);
  const alternatives = branches.length;
  const gaveUp = reasonForGivingUp(branches, event);
  if (gaveUp === undefined) return { matches: true };
  const nearest = branches
    .map((tests) => tests.filter((test) => !fitsSomehow(test, tests, event)))
    .reduce((fewest, failed) => (failed.length < fewest.length ? failed : fewest));
  if (nearest.length > 0)
    return { matches: false, failed: nearest.map((test) => failedField(test, event)), alternatives };
  const met = branches.find((tests) => tests.every((test) => fitsSomehow(test, tests, event))) ?? [];
  const inArrays = met.filter((test) => leavesOf(test, event).some(({ choice }) => choice !== undefined));
  return {
    matches: false,
    failed: inArrays.map((test) => failedField(test, event)),
    alternatives,
    ...(gaveUp === '' ? { isSplitOverElements: true } : { gaveUp }),
  };
}

/** Undefined for an event that fits; without words when it was tried to the end. */
function reasonForGivingUp(branches: readonly LocatedTest[][], event: JsonObject): string | undefined {
  try {
    return fitsAny(branches, event) ? undefined : '';
  } catch (error) {
    if (!(error instanceof TooManyChoicesError)) throw error;
    return error.message;
  }
}

/**
 * Tells whether a field fits, whatever the others need. One that must be absent may be so from the element that an earlier
 * one of them settles on.
 */
function fitsSomehow(test: LocatedTest, tests: readonly LocatedTest[], event: JsonObject): boolean {
  const leaves = leavesOf(test, event);
  if (leaves.length === 0) return test.fitsAbsence;
  if (leaves.some(({ values }) => values.some(test.fits))) return true;
  if (!test.fitsAbsence) return false;
  const earlier = tests.slice(0, tests.indexOf(test)).flatMap((other) => leavesOf(other, event));
  return earlier.some(({ choice }) => test.locate(event, choice, () => {}).length === 0);
}

function leavesOf({ locate }: LocatedTest, event: JsonObject): ReturnType<LocatedTest['locate']> {
  return locate(event, undefined, () => {});
}

function failedField(test: LocatedTest, event: JsonObject): FailedField {
  const { path, alternatives: expected } = test;
  const all = leavesOf(test, event).flatMap(({ values }) => values);
  const hint = all.some(test.fits) ? undefined : hintOf({ path, expected, found: all }, event);
  return {
    path,
    expected,
    found: all.slice(0, MAX_FOUND),
    ...(all.length > MAX_FOUND && { foundCount: all.length }),
    ...(hint !== undefined && { hint }),
  };
}
