/** One thing wrong with an input. */
export interface Issue {
  /** The path: `customer.email`, `snacks[0].sku`; `$` is the input itself. */
  path: string;
  expected: string;
  /** The type or length of what is there, or the rule it breaks. Never the value, which may be a customer's. */
  found: string;
}

export const ROOT = '$';

/** A caller chooses the names of unknown fields, so a path shows no more than this of one. */
const SHOWN_NAME_LENGTH = 64;

/** The path of a field: plain after a dot, or in brackets and quotes where its name would be ambiguous. */
export function fieldPath(parent: string, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(name)) return `${parent}[${JSON.stringify(shortened(name))}]`;
  return parent === ROOT ? name : `${parent}.${name}`;
}

/** Says what a value is without saying what it holds. Never looks inside it. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return describeText(lengthOf(value));
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Length in characters as people count them for limits: Unicode code points, so that an emoji of one is one. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function describeText(length: number): string {
  if (length === 0) return 'empty text';
  return length === 1 ? 'text of 1 character' : `text of ${length} characters`;
}

function shortened(name: string): string {
  const characters = [...name.slice(0, 2 * SHOWN_NAME_LENGTH + 2)];
  return characters.length > SHOWN_NAME_LENGTH ? `${characters.slice(0, SHOWN_NAME_LENGTH).join('')}…` : name;
}
