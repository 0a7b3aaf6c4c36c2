import type { JsonObject } from '../aws/operation.ts';
import { missingParameter } from './sqs-error.ts';

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

/** Parameters taken apart at their dots, e.g. `Attribute.1.Name`. */
interface Tree {
  [name: string]: string | Tree;
}

/** The operation and its input, as the JSON protocol would carry them, from a form-encoded body. */
export function parseQuery(body: string): { operation: string; input: JsonObject } {
  const { Action, Version: _version, ...parameters } = parseTree(new URLSearchParams(body));
  if (typeof Action !== 'string' || Action === '') throw missingParameter('Action');
  const input = parseMembers(parameters);
  // CreateQueue's JSON input is the only one to spell its tags in lower case.
  if (Action !== 'CreateQueue' || input.Tags === undefined) return { operation: Action, input };
  const { Tags: tags, ...rest } = input;
  return { operation: Action, input: { ...rest, tags } };
}

function parseTree(parameters: URLSearchParams): Tree {
  const tree: Tree = Object.create(null);
  for (const [path, value] of parameters) {
    const names = path.split('.');
    const last = names.pop() ?? path;
    let branch = tree;
    for (const name of names) branch = branchOf(branch, name);
    branch[last] = value;
  }
  return tree;
}

function branchOf(tree: Tree, name: string): Tree {
  const existing = tree[name];
  if (typeof existing === 'object') return existing;
  const branch: Tree = Object.create(null);
  tree[name] = branch;
  return branch;
}

function parseMembers(tree: Tree): JsonObject {
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => parseMember(name, value)));
}

function parseMember(name: string, value: string | Tree): [string, unknown] {
  if (typeof value === 'string') return [name, NUMBERS.includes(name) ? Number(value) : value];
  const map = MAPS.get(name);
  if (map) return [map.member, Object.fromEntries(numbered(value).map((item) => parsePair(item, map.key)))];
  const list = LISTS.get(name);
  if (list)
    return [list, numbered(value).map((item) => (typeof item === 'string' ? item : parseMembers(item)))];
  return [name, parseMembers(value)];
}

function parsePair(item: string | Tree, key: string): [string, unknown] {
  if (typeof item === 'string') return [item, ''];
  const value = item.Value ?? '';
  return [String(item[key] ?? ''), typeof value === 'string' ? value : parseMembers(value)];
}

/** The items of a numbered list in the order of their numbers. */
function numbered(tree: Tree): (string | Tree)[] {
  return Object.entries(tree)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);
}
