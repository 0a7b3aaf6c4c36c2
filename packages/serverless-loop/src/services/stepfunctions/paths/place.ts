import { isObject } from '../../../aws/json-object.ts';
import type { Path } from './path.ts';

/** True for a reference path, which names one place of the input (states language, "Reference Paths"). */
export function isReferencePath({ isDefinite, root }: Path): boolean {
  return isDefinite && root === 'input';
}

/**
 * Places a value in a copy of the input where a reference path leads, over what is there; makes objects on the way where there
 * are none (states language, "ResultPath").
 * @returns undefined when the way leads through a value that can't hold it
 */
export function place(input: unknown, { steps }: Path, value: unknown): { placed: unknown } | undefined {
  const [step, ...rest] = steps;
  if (!step) return { placed: value };
  const [key] = step.kind === 'names' ? step.names : step.kind === 'indices' ? step.indices : [];
  if (key === undefined) return undefined;
  const isThere = typeof key === 'string' ? isObject(input) : Array.isArray(input) && key < input.length;
  if (!isThere && !(input === undefined && typeof key === 'string')) return undefined;
  const inner = place(childOf(input, key), { ...EMPTY, steps: rest }, value);
  if (!inner) return undefined;
  if (Array.isArray(input)) return { placed: input.map((item, at) => (at === key ? inner.placed : item)) };
  return { placed: { ...(isObject(input) && input), [key]: inner.placed } };
}

const EMPTY: Path = { text: '', root: 'input', steps: [], isDefinite: true };

function childOf(input: unknown, key: string | number): unknown {
  if (Array.isArray(input) && typeof key === 'number') return input[key];
  return isObject(input) && Object.hasOwn(input, key) ? input[key] : undefined;
}
