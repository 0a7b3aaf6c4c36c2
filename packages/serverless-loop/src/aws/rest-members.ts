import { isObject, type JsonObject } from './json-object.ts';
import type { Kind, Structure } from './member-kinds.ts';
import { structure } from './members.ts';
import { secondsOf, writtenTime } from './wire-values.ts';

/** The parts of a request of a REST protocol beside its body. */
export interface RestParts {
  /** Decoded, by the names in the route. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A route as the API's model writes it, e.g. `GET /boxes/{BoxName}?acl`, `?list-type=2`; `{Key+}` takes slashes too. */
export interface Route {
  method: string;
  /** Matches the undecoded path; its named groups are the parameters. */
  path: RegExp;
  /** Query parameters that must be there, and their values where those count. */
  query: readonly (readonly [name: string, value: string | undefined])[];
}

export function parseRoute(route: string): Route {
  const [method = '', target = ''] = route.split(' ');
  const [path = '', query = ''] = target.split('?');
  const source = path
    .replace(/\/$/, '')
    .replaceAll('.', '\\.')
    .replace(/\{(\w+)(\+?)\}/g, (_all, name, greedy) =>
      greedy === '+' ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    );
  return { method, path: new RegExp(`^${source}/?$`), query: parseQuery(query) };
}

function parseQuery(query: string): Route['query'] {
  const parameters = query === '' ? [] : query.split('&');
  return parameters.map((parameter) => {
    const [name = '', value] = parameter.split('=');
    return [name, value];
  });
}

/** The members of an input that stand in path, query and headers, as a JSON body would carry them. */
export function restInput({ entries }: Structure, { params, query, headers }: RestParts): JsonObject {
  const input: JsonObject = {};
  for (const [member, kind] of entries) {
    const { name = member } = kind;
    const value =
      kind.at === 'path'
        ? params[name]
        : kind.at === 'query'
          ? queryValue(kind, query, name)
          : kind.at === 'header'
            ? headerValue(headers[name.toLowerCase()])
            : kind.at === 'headers'
              ? prefixed(headers, name.toLowerCase())
              : undefined;
    if (value !== undefined && !(value === '' && isNumeric(kind)))
      input[member] = typeof value === 'string' ? typed(kind, value) : value;
  }
  return input;
}

/** The members that stand in the body, by their names there. */
export function bodyShape({ members }: Structure): Structure {
  return structure(Object.fromEntries(Object.entries(members).filter(([, { at }]) => at === undefined)));
}

/** The member that is all of the body. */
export function payloadOf({ entries }: Structure): string | undefined {
  return entries.find(([, { at }]) => at === 'payload')?.[0];
}

/** A body's members by the names of the API, from those of the wire. */
export function fromBody({ entries }: Structure, body: JsonObject): JsonObject {
  return Object.fromEntries(
    entries.flatMap(([member, kind]) => {
      const value = body[kind.name ?? member];
      return value === undefined ? [] : [[member, isRenamed(kind) ? renamed(kind, value, fromBody) : value]];
    }),
  );
}

/** A body's members by the names of the wire. */
export function toBody({ members }: Structure, output: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(output).flatMap(([member, value]) => {
      const kind = members[member];
      if (!kind) return [[member, value]];
      if (kind.at !== undefined) return [];
      return [[kind.name ?? member, isRenamed(kind) ? renamed(kind, value, toBody) : value]];
    }),
  );
}

/** The same value with the members in it by their other names. */
function renamed(kind: Kind, value: unknown, rename: typeof toBody): unknown {
  if (kind.kind === 'list')
    return Array.isArray(value) ? value.map((item: unknown) => renamed(kind.item, item, rename)) : value;
  if (!isObject(value)) return value;
  if (kind.kind === 'map')
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, renamed(kind.value, item, rename)]),
    );
  return kind.kind === 'structure' || kind.kind === 'union' ? rename(kind, value) : value;
}

const areRenamed = new WeakMap<Kind, boolean>();

/** True when a member within it has another name on the wire. */
function isRenamed(kind: Kind): boolean {
  const known = areRenamed.get(kind) ?? looksForNames(kind);
  areRenamed.set(kind, known);
  return known;
}

function looksForNames(kind: Kind): boolean {
  if (kind.kind === 'list') return isRenamed(kind.item);
  if (kind.kind === 'map') return isRenamed(kind.value);
  if (kind.kind !== 'structure' && kind.kind !== 'union') return false;
  return kind.entries.some(([, member]) => member.name !== undefined || isRenamed(member));
}

/** The members of an answer that are headers. */
export function headersOf({ entries }: Structure, output: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [member, kind] of entries) {
    const { name = member } = kind;
    const value = output[member];
    if (value === undefined) continue;
    if (kind.at === 'header') headers[name] = headerText(kind, value);
    if (kind.at === 'headers' && isObject(value))
      for (const [key, text] of Object.entries(value)) headers[name + key] = String(text);
  }
  return headers;
}

/** Its own status, where a member says it. */
export function statusOf({ entries }: Structure, output: JsonObject): number | undefined {
  const name = entries.find(([, { at }]) => at === 'status')?.[0];
  const status = name === undefined ? undefined : output[name];
  return typeof status === 'number' ? status : undefined;
}

function headerText(kind: Kind, value: unknown): string {
  return kind.kind === 'timestamp' && typeof value === 'number'
    ? String(writtenTime(value, kind.form ?? 'http'))
    : String(value);
}

function queryValue(kind: Kind, query: URLSearchParams, name: string): string | string[] | undefined {
  if (kind.kind !== 'list') return query.get(name) ?? undefined;
  const items = query.getAll(name);
  return items.length > 0 ? items : undefined;
}

function headerValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function prefixed(headers: RestParts['headers'], prefix: string): JsonObject | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  if (found.length === 0) return undefined;
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), headerValue(value)]));
}

/** A number without digits is none: as good as absent. */
function isNumeric({ kind }: Kind): boolean {
  return kind === 'integer' || kind === 'number';
}

/** Outside of bodies all is text; what is none of the kind is left for the reader to refuse. */
function typed(kind: Kind, text: string): unknown {
  if (isNumeric(kind)) return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (kind.kind === 'timestamp') return secondsOf(text);
  if (kind.kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (kind.kind === 'list') return text.split(',').map((item) => item.trim());
  return text;
}
