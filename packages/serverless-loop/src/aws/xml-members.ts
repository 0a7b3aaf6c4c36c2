import { isObject, type JsonObject } from './json-object.ts';
import type { Kind, Mapping, Structure } from './member-kinds.ts';
import { writtenTime } from './wire-values.ts';
import type { Element } from './xml.ts';

/** An answer's members as XML, by their description; one without a value is left out. */
export function xmlMembers({ members }: Structure, output: JsonObject): Element[] {
  return Object.entries(output).flatMap(([name, value]) => {
    const kind = members[name];
    if (!kind) throw new TypeError(`The description has no member ${name}.`);
    return value === undefined || value === null ? [] : xmlMember(kind.name ?? name, kind, value);
  });
}

/** One element, or one an item of what is flat. */
function xmlMember(name: string, kind: Kind, value: unknown): Element[] {
  if (kind.kind === 'list' && kind.flat)
    return itemsOf(value).map((item) => [name, xmlContent(kind.item, item)]);
  if (kind.kind === 'map' && kind.flat) return pairsOf(value).map((pair) => [name, xmlPair(kind, pair)]);
  return [[name, xmlContent(kind, value)]];
}

function xmlContent(kind: Kind, value: unknown): Element[1] {
  switch (kind.kind) {
    case 'structure':
    case 'union':
      return isObject(value) ? xmlMembers(kind, value) : [];
    case 'list':
      return itemsOf(value).map((item) => [kind.item.name ?? 'member', xmlContent(kind.item, item)]);
    case 'map':
      return pairsOf(value).map((pair) => ['entry', xmlPair(kind, pair)]);
    case 'timestamp':
      return typeof value === 'number' ? String(writtenTime(value, kind.form ?? 'iso')) : String(value);
    case 'blob':
      return Buffer.isBuffer(value) ? value.toString('base64') : String(value);
    default:
      return String(value);
  }
}

function xmlPair({ key, value }: Mapping, [name, item]: [string, unknown]): Element[] {
  return [
    [key.name ?? 'key', name],
    [value.name ?? 'value', xmlContent(value, item)],
  ];
}

function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function pairsOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
