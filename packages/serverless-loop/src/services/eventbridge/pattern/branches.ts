import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { type FieldTest, parseField } from './field.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';

/** One way to match: every field, by its dotted path, must fit. */
export type Branch = Map<string, FieldTest>;

/** "Rules with an event pattern that would result in over 1,000 rule combinations" are refused (guide, Or matching). */
const MAX_COMBINATIONS = 1_000;

/**
 * Names that no field may have inside `$or`, at any depth: Event Ruler's operators, and names that it keeps for later ones
 * (its README, "The "$or" Primitive", which names its list of them).
 */
const RESERVED_INSIDE_OR = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric'],
  ...['cidr', '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

/** The place of an object in a pattern. */
interface Place {
  path: string[];
  insideOr: boolean;
}

/** Takes a pattern apart into the branches that its `$or`s make; without one there is a single branch. */
export function parseBranches(pattern: unknown): Branch[] {
  if (!isObject(pattern)) throw new InvalidPatternError('Filter is not an object');
  if (combinations(pattern) > MAX_COMBINATIONS)
    throw new InvalidPatternError(`The $or fields make more than ${MAX_COMBINATIONS} combinations`);
  return addObject([new Map()], { path: [], insideOr: false }, pattern);
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

/** Adds to each branch what an object asks for; gives the branches that its `$or`s make of them. */
function addObject(branches: Branch[], { path, insideOr }: Place, object: JsonObject): Branch[] {
  const entries = Object.entries(object);
  if (entries.length === 0) throw new InvalidPatternError('Empty objects are not allowed');
  return entries.reduce((made, [key, value]) => {
    if (key === '$or') return addAlternatives(made, path, value);
    if (insideOr && RESERVED_INSIDE_OR.has(key))
      throw new InvalidPatternError(`${key} is Ruler reserved fieldName which cannot be used inside $or.`);
    return addEntry(made, { path: [...path, key], insideOr }, key, value);
  }, branches);
}

function addEntry(branches: Branch[], place: Place, key: string, value: unknown): Branch[] {
  if (Array.isArray(value)) return addField(branches, place.path.join('.'), parseField(value));
  if (isObject(value)) return addObject(branches, place, value);
  throw new InvalidPatternError(`"${key}" must be an object or an array`);
}

/** Of a path that comes twice (as `a.b` and as `b` in `a`) the last counts, as of a key that does. */
function addField(branches: Branch[], path: string, test: FieldTest): Branch[] {
  for (const branch of branches) branch.set(path, test);
  return branches;
}

/** Only here branches are copied: a thousand of them with a few hundred fields would take seconds if each field did. */
function addAlternatives(branches: Branch[], path: string[], alternatives: unknown): Branch[] {
  if (!Array.isArray(alternatives)) throw new InvalidPatternError('It must be an Array followed with $or.');
  const objects = alternatives.filter(isObject);
  if (objects.length < alternatives.length)
    throw new InvalidPatternError('Only JSON object is allowed in array of $or relationship.');
  if (objects.length < 2)
    throw new InvalidPatternError('There must have at least 2 Objects in $or relationship.');
  return objects.flatMap((object) =>
    addObject(
      branches.map((branch) => new Map(branch)),
      { path, insideOr: true },
      object,
    ),
  );
}
