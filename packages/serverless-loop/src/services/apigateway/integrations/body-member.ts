import { compilePath } from '../../../aws/json-path.ts';

/** The value to which a path leads in a body that is JSON: a text as it is, anything else as JSON; undefined where it leads nowhere. */
export function bodyMember(body: string, path: string): string | undefined {
  let value: unknown;
  try {
    value = compilePath(path)?.(JSON.parse(body));
  } catch {
    return undefined;
  }
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
