import { WrittenNumber } from '../../../aws/exact-json.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { isScalar, isText, type Scalar } from '../json.ts';

/** The elements of arrays that a match has settled on so far, the newest first. */
export interface Choice {
  /** The array's path. */
  path: string;
  array: unknown[];
  element: number;
  before: Choice | undefined;
}

/** Values that the event has at a path, and the array elements that they lie in. */
export interface Leaf {
  values: Scalar[];
  choice: Choice | undefined;
}

/** Finds what an event has at a path, in every array element that `choice` leaves open; tells how many values it looks at. */
export type Locator = (
  event: JsonObject,
  choice: Choice | undefined,
  look: (values: number) => void,
) => Leaf[];

/** A text of so many characters takes about as long as a value. */
const CHARACTERS_OF_A_VALUE = 64;

/** Beyond so many parts the keys that a path may begin with are not listed: they grow with the square. */
const MAX_LISTED_PARTS = 8;

/**
 * Prepares the search for a dotted path. Dots in an event's keys mean the same as nesting (guide, "Considerations when
 * creating event patterns"), so each step tries every key that the rest of the path may begin with. Objects are no leaves.
 */
export function compileLocator(path: string): Locator {
  const listed = listedKeys(path);
  return (event, choice, look) => {
    const leaves: Leaf[] = [];
    collect(event, 0, choice);
    return leaves;

    /** `at`: where in the path the next key begins; past its end when all of it is found. */
    function collect(node: unknown, at: number, chosen: Choice | undefined): void {
      look(1);
      if (Array.isArray(node)) collectElements(node, at, chosen);
      else if (at <= path.length && isObject(node)) {
        for (const key of listed?.get(at) ?? Object.keys(node))
          if (isNext(path, at, key) && Object.hasOwn(node, key))
            collect(node[key], at + key.length + 1, chosen);
      } else if (at > path.length && isScalar(node)) {
        if (isText(node)) look(Math.floor(node.length / CHARACTERS_OF_A_VALUE));
        leaves.push({ values: [compared(node)], choice: chosen });
      }
    }

    function collectElements(array: unknown[], at: number, chosen: Choice | undefined): void {
      look(array.length);
      const values = at > path.length ? array.filter(isScalar).map(compared) : [];
      if (values.length > 0) leaves.push({ values, choice: chosen });

      const settled = elementOf(array, chosen);
      if (settled !== undefined) collect(array[settled], at, chosen);
      else collectEach(array, at, chosen);
    }

    function collectEach(array: unknown[], at: number, before: Choice | undefined): void {
      const found = path.slice(0, Math.max(0, at - 1));
      array.forEach((item, element) => {
        if (Array.isArray(item) || isObject(item)) collect(item, at, { path: found, array, element, before });
      });
    }
  };
}

/** Returns the exact value of a number, however it is written. */
function compared(value: Scalar): Scalar {
  return value instanceof WrittenNumber ? (value.exact ?? value) : value;
}

function isNext(path: string, at: number, key: string): boolean {
  const end = at + key.length;
  return (end === path.length || path[end] === '.') && path.startsWith(key, at);
}

/** By each place where a key may begin the keys that may; an event's own keys are more, mostly. */
function listedKeys(path: string): Map<number, string[]> | undefined {
  const parts = path.split('.');
  if (parts.length > MAX_LISTED_PARTS) return undefined;
  const keys = new Map<number, string[]>();
  let at = 0;
  parts.forEach((part, from) => {
    keys.set(
      at,
      parts.slice(from).map((_, extra) => parts.slice(from, from + extra + 1).join('.')),
    );
    at += part.length + 1;
  });
  return keys;
}

function elementOf(array: unknown[], choice: Choice | undefined): number | undefined {
  for (let made = choice; made; made = made.before) if (made.array === array) return made.element;
  return undefined;
}
