import type { JsonObject } from '../../../aws/json-object.ts';
import { type Kind, list, type Members, structure, text } from '../../../aws/members.ts';
import { listOf, mapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { badRequest } from './context.ts';

/** Changes of members of a resource (API Gateway API reference, "PatchOperation"). */
export const PATCH_OPERATIONS = list(structure({ op: text(), path: text(), value: text(), from: text() }));

export interface Patch {
  op: 'add' | 'remove' | 'replace';
  path: string;
  /** Of the path, without its escapes. */
  steps: string[];
  value: string;
}

export function patchesOf(given: unknown): Patch[] {
  return listOf(given).map((operation) => {
    const { op, path, value } = mapOf(operation);
    const where = wordOf(path) ?? '';
    if (op !== 'add' && op !== 'remove' && op !== 'replace')
      throw badRequest(`Invalid patch operation specified. Must be one of: [add, remove, replace]`);
    const steps = where
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return { op, path: where, steps, value: wordOf(value) ?? '' };
  });
}

/** The record as these patches of its members make it. Throws AwsError for a path that leads to none of them. */
export function patched(record: JsonObject, members: Members, patches: readonly Patch[]): JsonObject {
  return patches.reduce((before, patch) => patchedAt(before, members, patch.steps, patch), record);
}

function patchedAt(
  record: Readonly<JsonObject>,
  members: Members,
  [name = '', ...rest]: readonly string[],
  patch: Patch,
): JsonObject {
  const kind = Object.hasOwn(members, name) ? members[name] : undefined;
  if (!kind)
    throw badRequest(
      `Invalid patch path '${patch.path}' specified for op '${patch.op}'. Must be one of: [${Object.keys(
        members,
      )
        .map((member) => `/${member}`)
        .join(', ')}]`,
    );
  const { [name]: before, ...others } = record;
  const next = patchedValue(before, kind, rest, patch);
  return next === undefined ? others : { ...others, [name]: next };
}

function patchedValue(before: unknown, kind: Kind, rest: readonly string[], patch: Patch): unknown {
  const { op, value } = patch;
  if (kind.kind === 'structure') {
    if (rest.length === 0 && op === 'remove') return undefined;
    return patchedAt(mapOf(before), kind.members, rest, patch);
  }
  if (kind.kind === 'map') {
    const { [rest.join('/')]: _, ...others } = mapOf(before);
    if (rest.length === 0) return op === 'remove' ? undefined : before;
    return op === 'remove' ? others : { ...others, [rest.join('/')]: typed(kind.value, value, patch) };
  }
  if (kind.kind === 'list') {
    const items = wordsOf(before);
    const [item = value] = rest;
    if (op === 'remove') return items.filter((other) => other !== item);
    if (op === 'replace' && rest.length > 0)
      return items.map((other, at) => (other === item || String(at) === item ? value : other));
    if (op === 'replace') return [value];
    return items.includes(item) ? items : [...items, item];
  }
  return op === 'remove' ? undefined : typed(kind, value, patch);
}

function typed(kind: Kind, value: string, { path, op }: Patch): unknown {
  if (kind.kind === 'boolean') return value === 'true';
  if (kind.kind !== 'integer' && kind.kind !== 'number') return value;
  const number = Number(value);
  if (value === '' || Number.isNaN(number))
    throw badRequest(
      `Invalid patch value '${value}' specified for op '${op}' at '${path}'. Must be a number`,
    );
  return number;
}
