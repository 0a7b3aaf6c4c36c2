/**
 * A value of any type as it stands in a message or names a resource. What is no text came where AWS takes text alone;
 * `String()` would run into a `toString` that the caller put into it.
 */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return '[a list]';
  return typeof value === 'object' && value !== null ? '{a structure}' : String(value);
}
