/** Condition keys of a request. Their names are case-insensitive (IAM guide, "IAM JSON policy elements: Condition"). */
export type Context = ReadonlyMap<string, string>;

export function contextOf(values: Record<string, string>): Context {
  return new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
}
