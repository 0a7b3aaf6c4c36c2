import type { JsonObject } from './json-object.ts';
import type { Kind, List, Mapping, Structure } from './member-kinds.ts';
import { secondsOf } from './wire-values.ts';

/** A form's parameters taken apart at their dots: `Tags.member.1.Key` is in four of these. */
export interface FormTree {
  [name: string]: string | FormTree;
}

/**
 * The input as a JSON protocol would carry it, by its description: in a form all values are text, and lists and maps are
 * structures with numbered members (Smithy, "AWS query protocol"). What the description doesn't know is left out; what is of
 * another kind is left as it is, for the reader to refuse.
 */
export function formInput({ entries }: Structure, tree: FormTree): JsonObject {
  const input: JsonObject = {};
  for (const [member, kind] of entries) {
    const given = tree[wireName(member, kind)] ?? emptyByMember(member, kind, tree);
    if (given !== undefined) input[member] = formValue(kind, given);
  }
  return input;
}

/** In XML and forms the items of a flat list stand by their own name. */
function wireName(member: string, { name = member }: Kind): string {
  return name;
}

/** A list or a map without items is sent as its bare name (Smithy, the same page), in which some clients leave the flat one's. */
function emptyByMember(member: string, { kind }: Kind, tree: FormTree): string | undefined {
  return (kind === 'list' || kind === 'map') && tree[member] === '' ? '' : undefined;
}

function formValue(kind: Kind, given: string | FormTree): unknown {
  switch (kind.kind) {
    case 'integer':
    case 'number':
      return isNumeric(given) ? Number(given) : given;
    case 'boolean':
      return given === 'true' ? true : given === 'false' ? false : given;
    case 'timestamp':
      return typeof given === 'string' ? secondsOf(given) : given;
    case 'list':
      return given === '' ? [] : typeof given === 'string' ? given : formList(kind, given);
    case 'map':
      return given === '' ? {} : typeof given === 'string' ? given : formMap(kind, given);
    case 'structure':
    case 'union':
      return typeof given === 'string' ? given : formInput(kind, given);
    case 'unread':
      return formValue(kind.of, given);
    default:
      return given;
  }
}

function isNumeric(given: string | FormTree): given is string {
  return typeof given === 'string' && given.trim() !== '' && !Number.isNaN(Number(given));
}

function formList({ flat, item }: List, given: FormTree): unknown {
  const items = flat ? given : given[item.name ?? 'member'];
  return typeof items === 'object' && isNumbered(items)
    ? numbered(items).map((one) => formValue(item, one))
    : given;
}

function formMap({ flat, key, value }: Mapping, given: FormTree): unknown {
  const entries = flat ? given : given.entry;
  if (typeof entries !== 'object' || !isNumbered(entries)) return given;
  return Object.fromEntries(
    numbered(entries).map((entry) => {
      if (typeof entry === 'string') return [entry, ''];
      const name = entry[key.name ?? 'key'] ?? '';
      return [typeof name === 'string' ? name : '', formValue(value, entry[value.name ?? 'value'] ?? '')];
    }),
  );
}

function isNumbered(tree: FormTree): boolean {
  return Object.keys(tree).every((name) => /^[1-9]\d*$/.test(name));
}

/** In the order of their numbers, which need not be without gaps. */
function numbered(tree: FormTree): (string | FormTree)[] {
  return Object.entries(tree)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);
}
