import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { isScalar, type Scalar } from '../json.ts';

/** Which element of which arrays a match has settled on so far, the newest first. */
export interface Choice {
  array: unknown[];
  /** The dotted path of the array: only tests of what lies under it can meet it again. */
  path: string;
  element: number;
  before: Choice | undefined;
}

/** Values that the event has at a path, and the array elements that they lie in. */
export interface Leaf {
  values: Scalar[];
  choice: Choice | undefined;
}

/** How many values of an event may still be looked at. */
export interface Work {
  left: number;
}

/** Finds what an event has at a path, in every array element that `choice` leaves open, as far as there is work left. */
export type Locator = (event: JsonObject, choice: Choice | undefined, work: Work) => Leaf[];

/** One key of an event, and where in the path what is under it goes on: `a.b` stands for two steps. */
interface KeyStep {
  key: string;
  next: number;
}

/** With more steps the event's keys are fewer than those that the path may begin with. */
const MOST_PREPARED_STEPS = 16;

/**
 * Prepares the search for a dotted path. Dots in an event's keys mean the same as nesting (guide, "Considerations when
 * creating event patterns"), so each step tries every key that the path may begin with. Objects are no leaves.
 */
export function compileLocator(path: string): Locator {
  const keysAt = keySteps(path);
  return (event, choice, work) => {
    const leaves: Leaf[] = [];
    collect(event, 0, choice);
    return leaves;

    function collect(node: unknown, at: number, chosen: Choice | undefined): void {
      work.left -= 1;
      if (work.left < 0) return;
      const isWhole = at > path.length;
      if (Array.isArray(node)) collectElements(node, at, chosen);
      else if (!isWhole && isObject(node)) {
        for (const { key, next } of keysAt(node, at)) collect(node[key], next, chosen);
      } else if (isWhole && isScalar(node)) leaves.push({ values: [node], choice: chosen });
    }

    function collectElements(array: unknown[], at: number, chosen: Choice | undefined): void {
      const values = at > path.length ? array.filter(isScalar) : [];
      if (values.length > 0) leaves.push({ values, choice: chosen });

      const settled = elementOf(array, chosen);
      if (settled !== undefined) collect(array[settled], at, chosen);
      else
        array.forEach((item, element) => {
          if (typeof item === 'object')
            collect(item, at, { array, path: path.slice(0, at - 1), element, before: chosen });
        });
    }
  };
}

/** The keys of an object that the path may go on with. */
function keySteps(path: string): (node: JsonObject, at: number) => KeyStep[] {
  const ends = [...path.matchAll(/\.|$/g)].map(({ index }) => index);
  if (ends.length > MOST_PREPARED_STEPS) return (node, at) => keysThatGoOn(node, path, at);
  const prepared = new Map(
    [0, ...ends.map((end) => end + 1)].map((at) => [
      at,
      ends.filter((end) => end >= at).map((end) => ({ key: path.slice(at, end), next: end + 1 })),
    ]),
  );
  return (node, at) => prepared.get(at)?.filter(({ key }) => Object.hasOwn(node, key)) ?? [];
}

function keysThatGoOn(node: JsonObject, path: string, at: number): KeyStep[] {
  return Object.keys(node)
    .map((key) => ({ key, next: at + key.length + 1 }))
    .filter(({ key, next }) => path.startsWith(key, at) && (next > path.length || path[next - 1] === '.'))
    .sort((one, other) => one.next - other.next);
}

function elementOf(array: unknown[], choice: Choice | undefined): number | undefined {
  for (let made = choice; made; made = made.before) if (made.array === array) return made.element;
  return undefined;
}
