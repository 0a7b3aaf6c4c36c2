import { describe, fieldPath, type Issue, ROOT } from './issue.ts';

/**
 * Tells whether a value is a T, and adds every reason why it is not to `issues`.
 * A schema library is not used because none keeps all three promises: every unknown field is named, also one
 * called `toString` or `__proto__`; a hostile input makes a bounded number of issues; no issue repeats a value.
 */
export type Rule<T> = (value: unknown, path: string, issues: Issue[]) => value is T;

export type Parsed<T> = { ok: true; value: T } | { ok: false; issues: Issue[] };

type FieldRules<T> = { [Name in keyof T]-?: Rule<T[Name]> } & Record<string, Rule<unknown>>;

/** Unknown fields of one object that are listed by name; the rest are counted. */
const LISTED_UNKNOWN_FIELDS = 20;

/** Holds `input` against `rule`: the input itself, now typed, or everything that is wrong with it. */
export function parse<T>(rule: Rule<T>, input: unknown): Parsed<T> {
  const issues: Issue[] = [];
  return rule(input, ROOT, issues) ? { ok: true, value: input } : { ok: false, issues };
}

/** An object with these fields; others are left alone. */
export function atLeast<T extends object>(fields: FieldRules<T>, expected = 'an object'): Rule<T> {
  return (value, path, issues): value is T => {
    if (!isFields(value)) return refuse(issues, path, expected, describe(value));
    const wrong = Object.entries<Rule<unknown>>(fields).filter(
      ([name, rule]) => !rule(ownField(value, name), fieldPath(path, name), issues),
    );
    return wrong.length === 0;
  };
}

/** An object with these fields and no other. */
export function exactly<T extends object>(fields: FieldRules<T>, expected = 'an object'): Rule<T> {
  const known = atLeast<T>(fields, expected);
  return (value, path, issues): value is T => {
    const knownAreRight = known(value, path, issues);
    if (!isFields(value)) return false;
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
    for (const name of unknown.slice(0, LISTED_UNKNOWN_FIELDS)) {
      refuse(issues, fieldPath(path, name), 'no such field', describe(value[name]));
    }
    const more = unknown.length - LISTED_UNKNOWN_FIELDS;
    if (more > 0) refuse(issues, path, 'no unknown fields', `${more} more of them`);
    return knownAreRight && unknown.length === 0;
  };
}

/** A list of `min` to `max` items. Of a longer list the first `max` items are looked at, so that work stays bounded. */
export function listOf<T>(min: number, max: number, item: Rule<T>): Rule<T[]> {
  return (value, path, issues): value is T[] => {
    const expected = `a list of ${min} to ${max}`;
    if (!Array.isArray(value)) return refuse(issues, path, expected, describe(value));
    const wrong = value.slice(0, max).filter((each, index) => !item(each, `${path}[${index}]`, issues));
    if (value.length < min || value.length > max) return refuse(issues, path, expected, describe(value));
    return wrong.length === 0;
  };
}

/** A value that may be absent. Null is not absent. */
export function optional<T>(rule: Rule<T>): Rule<T | undefined> {
  return (value, path, issues): value is T | undefined => value === undefined || rule(value, path, issues);
}

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): Rule<number> {
  return (value, path, issues): value is number => {
    const expected = `a whole number from ${min} to ${max}`;
    if (typeof value !== 'number') return refuse(issues, path, expected, describe(value));
    if (!Number.isInteger(value)) return refuse(issues, path, expected, 'a number that is not whole');
    if (value < min) return refuse(issues, path, expected, `a number below ${min}`);
    return value <= max || refuse(issues, path, expected, `a number above ${max}`);
  };
}

/** Notes an issue. Returns false, so that a rule can end with it. */
export function refuse(issues: Issue[], path: string, expected: string, found: string): false {
  issues.push({ path, expected, found });
  return false;
}

/** Is it a JSON object, neither null nor a list? */
export function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own field: what it only inherits, such as `toString`, is not there. */
function ownField(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
