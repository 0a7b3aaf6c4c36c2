import { parseObject } from './json-limits.ts';
import { isObject, type JsonObject } from './json-object.ts';
import type { Statement } from './statement.ts';

/** The statements of a policy document in JSON; undefined when the text is none. */
export function parsePolicyDocument(text: string): Statement[] | undefined {
  const document = parseObject(text);
  if (!document) return undefined;
  const listed = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  const statements = listed.map((item) => (isObject(item) ? parseStatement(item) : undefined));
  return statements.every((statement) => statement !== undefined) ? statements : undefined;
}

function parseStatement(item: JsonObject): Statement | undefined {
  const effect = item.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') return undefined;
  return {
    effect,
    ...(typeof item.Sid === 'string' && { sid: item.Sid }),
    ...(item.Action !== undefined && { actions: textsOf(item.Action) }),
    ...(item.NotAction !== undefined && { notActions: textsOf(item.NotAction) }),
    ...(item.Resource !== undefined && { resources: textsOf(item.Resource) }),
    ...(item.NotResource !== undefined && { notResources: textsOf(item.NotResource) }),
    ...(item.Principal !== undefined && { principals: parsePrincipal(item.Principal) }),
    ...(isObject(item.Condition) && { conditions: parseConditions(item.Condition) }),
  };
}

function parsePrincipal(principal: unknown): Record<string, string[]> {
  // "Principal": "*" means the same as {"AWS": "*"} (IAM guide, "AWS JSON policy elements: Principal").
  return isObject(principal) ? textLists(principal) : { AWS: textsOf(principal) };
}

function parseConditions(conditions: JsonObject): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [operator, isObject(keys) ? textLists(keys) : {}]),
  );
}

function textLists(record: JsonObject): Record<string, string[]> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, textsOf(value)]));
}

/** One, or a list of them. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
