import { WrittenNumber } from '../../../aws/exact-json.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { isScalar, isText, type Scalar } from '../json.ts';
import { compileLocator } from './leaves.ts';

interface Missed {
  path: string;
  expected: readonly unknown[];
  found: readonly Scalar[];
}

/** The likely cause of a field that doesn't fit, in words: the mistakes that people make with patterns. */
export function hintOf({ path, expected, found }: Missed, event: JsonObject): string | undefined {
  // Only a value of the pattern itself can be meant otherwise: who writes that a field must be absent, means it.
  const values = expected.filter(isScalar);
  return found.length > 0 ? hintOfValues(values, found) : hintOfPlace(path, event);
}

function hintOfValues(expected: readonly Scalar[], found: readonly Scalar[]): string | undefined {
  for (const value of found)
    for (const wanted of expected) {
      if (isText(value) && isText(wanted) && value.toLowerCase() === wanted.toLowerCase())
        return `The event has ${shown(value)}: upper and lower case count.`;
      if (isText(value) !== isText(wanted) && String(value) === String(wanted))
        return `The event has ${kindOf(value)} ${shown(value)}, the pattern ${kindOf(wanted)} ${shown(wanted)}.`;
    }
  return undefined;
}

function hintOfPlace(path: string, event: JsonObject): string | undefined {
  const inside = `detail.${path}`;
  if (compileLocator(inside)(event, undefined, () => {}).length > 0) return `The event has it at ${inside}.`;
  let node: unknown = event;
  for (const part of path.split('.')) {
    if (!isObject(node)) return undefined;
    if (!Object.hasOwn(node, part)) {
      const other = Object.keys(node).find((key) => key.toLowerCase() === part.toLowerCase());
      return other && `The event has ${shown(other)} where the pattern has ${shown(part)}.`;
    }
    node = node[part];
  }
  if (isObject(node)) return 'The event has an object there: a pattern asks for its fields.';
  return Array.isArray(node) && node.length === 0 ? 'The event has an empty array there.' : undefined;
}

function kindOf(value: Scalar): string {
  if (isText(value)) return 'the text';
  if (value === null) return 'a';
  return typeof value === 'number' || value instanceof WrittenNumber ? 'the number' : 'the boolean';
}

function shown(value: Scalar): string {
  return JSON.stringify(value);
}
