/** Past so many names a map is a hash table to V8, which sorts them each time that they are listed. */
export const LARGE_NAMES = 1_000;

const remembered = new WeakMap<object, readonly string[]>();

/**
 * The names of a map that is not changed any more, in their order. Those of a large one are listed once: an item may have
 * 140,000, and listing them takes 70 ms, for which all other calls wait.
 */
export function namesOf(map: object): readonly string[] {
  const known = remembered.get(map);
  if (known) return known;
  const names = Object.keys(map);
  if (names.length >= LARGE_NAMES) remembered.set(map, names);
  return names;
}

/** For a map that was made with these names, in this order. */
export function rememberNames(map: object, names: readonly string[]): void {
  if (names.length >= LARGE_NAMES) remembered.set(map, names);
}
