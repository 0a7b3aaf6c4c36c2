import type { JsonObject } from '../../aws/operation.ts';
import { parseJson } from '../json.ts';
import { type Branch, parseBranches } from './branches.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { compileLocator } from './leaves.ts';
import { type LocatedTest, matchesAll } from './ways.ts';

export type EventMatcher = (event: JsonObject) => boolean;

/** What the API takes (PutRule, EventPattern). An account's own quota starts lower, see `validateRules`. */
const maximumCharacters = 4_096;

/**
 * Makes an event pattern ready to match (EventBridge guide, "Creating event patterns").
 * @param pattern a JSON object, or the JSON text of one, where of a repeated key the last counts
 * @throws InvalidPatternError with AWS's reason
 */
export function compilePattern(pattern: unknown): EventMatcher {
  if (patternText(pattern).length > maximumCharacters)
    throw new InvalidPatternError(`The pattern has more than ${maximumCharacters} characters`);
  const branches = parseBranches(typeof pattern === 'string' ? parsedText(pattern) : pattern).map(
    locateTests,
  );
  return (event) => branches.some((tests) => matchesAll(tests, event));
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
function locateTests(branch: Branch): LocatedTest[] {
  return [...branch]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, test]) => ({ ...test, path, locate: compileLocator(path) }));
}
