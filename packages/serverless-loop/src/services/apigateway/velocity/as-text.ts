import { isObject } from '../../../aws/json-object.ts';

/** A value as a template shows it: maps and lists as Java writes them. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(item).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}=${item(each)}`)
      .join(', ')}}`;
  return String(value);
}

function item(value: unknown): string {
  return value === undefined || value === null ? 'null' : asText(value);
}
