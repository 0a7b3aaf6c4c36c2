import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { type FieldTest, parseField } from './field.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';

/** One way to match: every field, by its dotted path, must fit. */
export type Branch = Map<string, FieldTest>;

/** "Rules with an event pattern that would result in over 1,000 rule combinations" are refused (guide, Or matching). */
const maximumCombinations = 1_000;

/** Takes a pattern apart into the branches that its `$or`s make; without one there is a single branch. */
export function parseBranches(pattern: unknown): Branch[] {
  if (!isObject(pattern)) throw new InvalidPatternError('Filter is not an object');
  if (combinations(pattern) > maximumCombinations)
    throw new InvalidPatternError(`The $or fields make more than ${maximumCombinations} combinations`);
  return addObject([new Map()], [], pattern);
}

/** "Multiply the total number of arguments in each $or array" (the same page). */
function combinations(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((product: number, item) => product * combinations(item), 1);
  if (!isObject(value)) return 1;
  return Object.entries(value).reduce((product, [key, inner]) => {
    const own = key === '$or' && Array.isArray(inner) ? inner.length : 1;
    return product * own * combinations(inner);
  }, 1);
}

function addObject(branches: Branch[], path: string[], object: JsonObject): Branch[] {
  const entries = Object.entries(object);
  if (entries.length === 0) throw new InvalidPatternError('Empty objects are not allowed');
  return entries.reduce((made, [key, value]) => addEntry(made, path, key, value), branches);
}

function addEntry(branches: Branch[], path: string[], key: string, value: unknown): Branch[] {
  if (key === '$or') return addAlternatives(branches, path, value);
  if (Array.isArray(value)) return addField(branches, [...path, key].join('.'), parseField(value));
  if (isObject(value)) return addObject(branches, [...path, key], value);
  throw new InvalidPatternError(`"${key}" must be an object or an array`);
}

/** Of a path that comes twice (as `a.b` and as `b` in `a`) the last counts, as of a key that does. */
function addField(branches: Branch[], path: string, test: FieldTest): Branch[] {
  return branches.map((branch) => new Map(branch).set(path, test));
}

function addAlternatives(branches: Branch[], path: string[], alternatives: unknown): Branch[] {
  const objects = Array.isArray(alternatives) ? alternatives.filter(isObject) : [];
  if (!Array.isArray(alternatives) || objects.length < 2 || objects.length < alternatives.length)
    throw new InvalidPatternError('$or must be an array of two or more objects');
  return objects.flatMap((object) => addObject(branches, path, object));
}
