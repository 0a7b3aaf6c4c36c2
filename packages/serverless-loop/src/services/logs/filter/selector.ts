import { isObject } from '../../../aws/json-object.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import type { Scanner } from './scanner.ts';

/** Picks values out of a JSON document: none when there is no such property, several where a wildcard is. */
export interface Selector {
  /** As it is written, without spaces. */
  text: string;
  hasWildcard: boolean;
  select(document: unknown): unknown[];
}

type Step = (value: unknown) => unknown[];

const MEMBER = /\.(?:\*|[\w-]+)/;
const ELEMENT = /\[(?:\*|\d+)\]/;
const QUOTED_MEMBER = /\.?\[(?:'[^']*'|"[^"]*")\]/;

/** `$.a.b`, `$.a[0]`, `$.a[*]`, `$.*`, `$.['a.b']`. Throws InvalidPatternError. */
export function readSelector(scanner: Scanner): Selector {
  if (!scanner.takeText('$')) throw scanner.unexpected("a property selector, which begins with '$'");
  const steps: Step[] = [];
  let text = '$';
  let wildcards = 0;
  for (let part = takePart(scanner); part !== undefined; part = takePart(scanner)) {
    if (part.includes('*') && !/['"]/.test(part)) wildcards += 1;
    text += part;
    steps.push(stepOf(part));
  }
  if (steps.length === 0) throw scanner.unexpected("a property after '$'");
  if (wildcards > 1) throw new InvalidPatternError('A property selector has at most one wildcard');
  return {
    text,
    hasWildcard: wildcards > 0,
    select: (document) => steps.reduce<unknown[]>((values, step) => values.flatMap(step), [document]),
  };
}

function takePart(scanner: Scanner): string | undefined {
  return scanner.take(QUOTED_MEMBER) ?? scanner.take(ELEMENT) ?? scanner.take(MEMBER);
}

function stepOf(part: string): Step {
  if (part === '.*') return (value) => (isObject(value) ? Object.values(value) : []);
  if (part === '[*]') return (value) => (Array.isArray(value) ? value : []);
  if (part.startsWith('[') && !/['"]/.test(part)) return element(Number(part.slice(1, -1)));
  return member(
    part.startsWith('.') && !part.startsWith('.[') ? part.slice(1) : part.replace(/^\.?\[.|.\]$/g, ''),
  );
}

function element(index: number): Step {
  return (value) => (Array.isArray(value) && index < value.length ? [value[index]] : []);
}

function member(name: string): Step {
  return (value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []);
}
