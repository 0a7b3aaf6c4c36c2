import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { isScalar, type Scalar } from '../json.ts';

/** Which element of which arrays a match has settled on so far, the newest first. */
export interface Choice {
  array: unknown[];
  element: number;
  before: Choice | undefined;
}

/** Values that the event has at a path, and the array elements that they lie in. */
export interface Leaf {
  values: Scalar[];
  choice: Choice | undefined;
}

/** Finds what an event has at a path, in every array element that `choice` leaves open. */
export type Locator = (event: JsonObject, choice: Choice | undefined) => Leaf[];

/** One key of an event, and how many steps of the path it stands for: `a.b` stands for two. */
interface KeyStep {
  key: string;
  next: number;
}

/**
 * Prepares the search for a dotted path. Dots in an event's keys mean the same as nesting (guide, "Considerations when
 * creating event patterns"), so each step tries every key that the path may begin with. Objects are no leaves.
 */
export function compileLocator(path: string): Locator {
  const steps = keySteps(path.split('.'));
  return (event, choice) => {
    const leaves: Leaf[] = [];
    collect(event, 0, choice);
    return leaves;

    function collect(node: unknown, at: number, chosen: Choice | undefined): void {
      const keys = steps[at];
      if (Array.isArray(node)) collectElements(node, at, chosen);
      else if (keys && isObject(node)) {
        for (const { key, next } of keys) if (Object.hasOwn(node, key)) collect(node[key], next, chosen);
      } else if (!keys && isScalar(node)) leaves.push({ values: [node], choice: chosen });
    }

    function collectElements(array: unknown[], at: number, chosen: Choice | undefined): void {
      const values = at === steps.length ? array.filter(isScalar) : [];
      if (values.length > 0) leaves.push({ values, choice: chosen });

      const settled = elementOf(array, chosen);
      if (settled !== undefined) collect(array[settled], at, chosen);
      else
        array.forEach((item, element) => {
          if (typeof item === 'object') collect(item, at, { array, element, before: chosen });
        });
    }
  };
}

function keySteps(segments: string[]): KeyStep[][] {
  return segments.map((_, from) =>
    segments.slice(from).map((_, extra) => {
      const next = from + extra + 1;
      return { key: segments.slice(from, next).join('.'), next };
    }),
  );
}

function elementOf(array: unknown[], choice: Choice | undefined): number | undefined {
  for (let made = choice; made; made = made.before) if (made.array === array) return made.element;
  return undefined;
}
