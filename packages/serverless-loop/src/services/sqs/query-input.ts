import type { JsonObject } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';

/** Members of the JSON protocol that are numbers; in a query all are text. */
const NUMBERS = ['DelaySeconds', 'MaxNumberOfMessages', 'MaxResults', 'VisibilityTimeout', 'WaitTimeSeconds'];

/** Lists, by the name that the query protocol numbers their items under. */
const LISTS = new Map([
  ['AttributeName', 'AttributeNames'],
  ['MessageAttributeName', 'MessageAttributeNames'],
  ['MessageSystemAttributeName', 'MessageSystemAttributeNames'],
  ['TagKey', 'TagKeys'],
  ['SendMessageBatchRequestEntry', 'Entries'],
  ['DeleteMessageBatchRequestEntry', 'Entries'],
  ['ChangeMessageVisibilityBatchRequestEntry', 'Entries'],
]);

/** Maps, whose items are numbered pairs. */
const MAPS = new Map([
  ['Attribute', { member: 'Attributes', key: 'Name' }],
  ['MessageAttribute', { member: 'MessageAttributes', key: 'Name' }],
  ['MessageSystemAttribute', { member: 'MessageSystemAttributes', key: 'Name' }],
  ['Tag', { member: 'Tags', key: 'Key' }],
]);

const LIST_MEMBERS = new Set(LISTS.values());
const MAP_MEMBERS = new Set([...MAPS.values()].map(({ member }) => member));

/** The input as the JSON protocol would carry it, from a form taken apart at its dots, e.g. `Attribute.1.Name`. */
export function queryInput(operation: string, form: JsonObject): JsonObject {
  const input = parseMembers(form);
  // CreateQueue's JSON input is the only one to spell its tags in lower case.
  if (operation !== 'CreateQueue' || input.Tags === undefined) return input;
  const { Tags: tags, ...rest } = input;
  return { ...rest, tags };
}

function parseMembers(form: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => parseMember(name, value)));
}

function parseMember(name: string, value: unknown): [string, unknown] {
  if (value === '') return parseEmpty(name);
  if (!isStructure(value)) return [name, NUMBERS.includes(name) ? Number(value) : value];
  const map = MAPS.get(name);
  if (map) return [map.member, Object.fromEntries(numbered(value).map((item) => parsePair(item, map.key)))];
  const list = LISTS.get(name);
  if (list) return [list, numbered(value).map((item) => (isStructure(item) ? parseMembers(item) : item))];
  return [name, parseMembers(value)];
}

/** A list or a map without items is sent as its bare name (Smithy, "AWS query protocol", serialization of empty lists). */
function parseEmpty(name: string): [string, unknown] {
  const list = LISTS.get(name) ?? (LIST_MEMBERS.has(name) ? name : undefined);
  if (list) return [list, []];
  const map = MAPS.get(name)?.member ?? (MAP_MEMBERS.has(name) ? name : undefined);
  return map ? [map, {}] : [name, ''];
}

function parsePair(item: unknown, key: string): [string, unknown] {
  if (!isStructure(item)) return [String(item), ''];
  const value = item.Value ?? '';
  return [shown(item[key] ?? ''), isStructure(value) ? parseMembers(value) : value];
}

/** The items of a numbered list in the order of their numbers. */
function numbered(form: JsonObject): unknown[] {
  return Object.entries(form)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);
}

function isStructure(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
