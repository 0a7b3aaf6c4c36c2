import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import { SCHEMA_TYPES, type SchemaType } from './registries.ts';
import { badRequest } from './schemas-error.ts';

/** The members of a body, which may be absent. */
export function readBody(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  try {
    const input = parseJsonWithin(body.toString(), SHORT_LIMITS);
    if (isObject(input)) return input;
  } catch {
    // Told below.
  }
  throw badRequest('The body is no JSON object.');
}

export function optionalText(input: JsonObject, member: string): string | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest(`${member} must be text.`);
}

export function requiredText(input: JsonObject, member: string): string {
  const value = optionalText(input, member);
  if (value === undefined) throw badRequest(`${member} is missing.`);
  return value;
}

export function readType(input: JsonObject): SchemaType {
  const type = SCHEMA_TYPES.find((known) => known === input.Type);
  if (!type)
    throw badRequest(`Type must be one of ${SCHEMA_TYPES.join(', ')}, found ${JSON.stringify(input.Type)}.`);
  return type;
}

/** The content of a schema: a JSON document. */
export function readContent(input: JsonObject): string {
  const content = requiredText(input, 'Content');
  try {
    parseJsonWithin(content, SHORT_LIMITS);
  } catch {
    throw badRequest('Content is no JSON.');
  }
  return content;
}

export function readTags({ tags = {} }: JsonObject): Record<string, string> {
  if (!isObject(tags)) throw badRequest('tags must be a map.');
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, shown(value)]));
}

export function textList(input: JsonObject, member: string): string[] {
  const value = input[member];
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value;
  throw badRequest(`${member} must be a list of texts.`);
}
