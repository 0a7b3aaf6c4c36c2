import { isDeepStrictEqual } from 'node:util';

/** True when two models run alike: the line of the template on which something stands says nothing of that. */
export function isAlike(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(withoutLines(one), withoutLines(other));
}

function withoutLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLines);
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  const others = Object.entries(value).filter(
    ([key, inside]) => key !== 'line' || typeof inside !== 'number',
  );
  return Object.fromEntries(others.map(([key, inside]) => [key, withoutLines(inside)]));
}
