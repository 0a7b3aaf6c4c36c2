import type { JsonObject } from '../../../aws/json-object.ts';
import { parseJson } from '../json.ts';
import { type Branch, parseBranches } from './branches.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { compileLocator, type Locator } from './leaves.ts';
import { fitsAny, type LocatedTest } from './matching.ts';

/** Throws TooManyChoicesError. */
export type EventMatcher = (event: JsonObject) => boolean;

/** The API's limit (PutRule, EventPattern). An account's own quota starts lower, see `validateRules`. */
const MAX_CHARACTERS = 4_096;

/**
 * Makes an event pattern ready to match (EventBridge guide, "Creating event patterns").
 * @param pattern a JSON object, or the JSON text of one, where of a repeated key the last counts
 * @throws InvalidPatternError with AWS's reason
 */
export function compilePattern(pattern: unknown): EventMatcher {
  const branches = locatedBranches(pattern);
  return (event) => fitsAny(branches, event);
}

/** The ways to match that a pattern has, each with the tests of its fields. Throws InvalidPatternError. */
export function locatedBranches(pattern: unknown): LocatedTest[][] {
  const text = patternText(pattern);
  if (text.length > MAX_CHARACTERS)
    throw new InvalidPatternError(`The pattern has more than ${MAX_CHARACTERS} characters`);
  const located = locators();
  return parseBranches(parsedText(text)).map((branch) => locateTests(branch, located));
}

/** The text whose length AWS limits. */
export function patternText(pattern: unknown): string {
  return typeof pattern === 'string' ? pattern : (JSON.stringify(pattern) ?? '');
}

function parsedText(text: string): unknown {
  const value = parseJson(text);
  if (value === undefined) throw new InvalidPatternError('The pattern is no JSON text');
  return value;
}

/** In the order of their paths, as Event Ruler tries them: it shows when `exists: false` looks into arrays of objects. */
function locateTests(branch: Branch, located: (path: string) => Locator): LocatedTest[] {
  return [...branch]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, test]) => ({ ...test, path, locate: located(path) }));
}

/** One for a path, however many branches ask for it. */
function locators(): (path: string) => Locator {
  const known = new Map<string, Locator>();
  return (path) => {
    const locate = known.get(path) ?? compileLocator(path);
    known.set(path, locate);
    return locate;
  };
}
