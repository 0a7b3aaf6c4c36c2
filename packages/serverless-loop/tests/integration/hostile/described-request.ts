import { isObject } from '../../../src/aws/json-object.ts';
import type { Kind, Structure } from '../../../src/aws/members.ts';
import { encodeCbor } from '../../../src/gateway/protocols/cbor-encode.ts';
import type { DescribedOperation } from './described-services.ts';

/** A request as it goes over the wire, whatever its input is: an SDK would refuse to send it. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

type Input = Record<string, unknown>;

export function jsonRequest(target: string, input: Input): WireRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(input),
  };
}

export function cborRequest(path: string, shape: Structure, input: Input): WireRequest {
  return {
    method: 'POST',
    path,
    headers: { 'smithy-protocol': 'rpc-v2-cbor', 'Content-Type': 'application/cbor' },
    body: encodeCbor(withDates(shape, input)),
  };
}

/** CBOR has times: a number is one where the description has it. */
function withDates(kind: Kind | undefined, value: unknown): unknown {
  if (kind?.kind === 'timestamp' && typeof value === 'number') return new Date(value * 1_000);
  if (kind?.kind === 'list' && Array.isArray(value)) return value.map((item) => withDates(kind.item, item));
  if (kind?.kind !== 'structure' || !isObject(value)) return value;
  return mapMembers(value, (member, name) => withDates(kind.members[name], member));
}

function mapMembers(value: Input, change: (member: unknown, name: string) => unknown): Input {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(member, name)]));
}

export function formRequest(operation: string, shape: Structure, input: Input): WireRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([['Action', operation], ...fields('', shape, input)]).toString(),
  };
}

/** `Tags.member.1.Key=a`, or `Tag.1.Key=a` of a flat list (Smithy, "AWS query protocol"). */
function fields(path: string, kind: Kind | undefined, value: unknown): [string, string][] {
  if (kind?.kind === 'unread') return fields(path, kind.of, value);
  if (Array.isArray(value)) {
    if (value.length === 0) return [[path, '']];
    const [item, isFlat] = kind?.kind === 'list' ? [kind.item, kind.flat] : [undefined, false];
    const one = isFlat ? path : `${path}.${item?.name ?? 'member'}`;
    return value.flatMap((each, index) => fields(`${one}.${index + 1}`, item, each));
  }
  if (!isObject(value)) return [[path, textOf(kind, value)]];
  if (kind?.kind === 'map')
    return Object.entries(value).flatMap(([key, each], index) => {
      const entry = `${path}${kind.flat ? '' : '.entry'}.${index + 1}`;
      return [
        [`${entry}.${kind.key.name ?? 'key'}`, key] as [string, string],
        ...fields(`${entry}.${kind.value.name ?? 'value'}`, kind.value, each),
      ];
    });
  const members = kind?.kind === 'structure' || kind?.kind === 'union' ? kind.members : {};
  return Object.entries(value).flatMap(([name, each]) => {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    return fields(`${path === '' ? '' : `${path}.`}${member?.name ?? name}`, member, each);
  });
}

export function restRequest(operation: DescribedOperation, input: Input): WireRequest {
  const { inBody, payload, ...request } = outsideOfBody(operation, input);
  if (request.method === 'GET' || request.method === 'HEAD') return request;
  const body = payload === undefined ? JSON.stringify(inBody) : textOf(undefined, payload);
  return { ...request, body };
}

export function restXmlRequest(operation: DescribedOperation, input: Input): WireRequest {
  const { inBody, payload, ...request } = outsideOfBody(operation, input);
  if (request.method === 'GET' || request.method === 'HEAD') return request;
  const [[name = '', kind] = []] = operation.input.entries.filter(([, { at }]) => at === 'payload');
  if (kind?.kind === 'structure')
    return { ...request, body: elements(kind.name ?? name, kind, payload ?? {}) };
  if (payload !== undefined) return { ...request, body: textOf(undefined, payload) };
  const hasBody = Object.keys(inBody).length > 0;
  return hasBody ? { ...request, body: elements('Body', operation.input, inBody) } : request;
}

function outsideOfBody({ input: shape, route = 'POST /', header }: DescribedOperation, input: Input) {
  const [method = '', target = ''] = route.split(' ');
  const [pattern = '', fixed = ''] = target.split('?');
  const query = new URLSearchParams(fixed);
  const headers: Record<string, string> = header === undefined ? {} : { [header]: 'a' };
  let path = pattern;
  const inBody: Input = {};
  let payload: unknown;
  for (const [member, value] of Object.entries(input)) {
    const kind = Object.hasOwn(shape.members, member) ? shape.members[member] : undefined;
    const { name = member } = kind ?? {};
    if (kind?.at === 'path')
      path = path.replace(new RegExp(`\\{${name}(\\+?)\\}`), () => encoded(textOf(kind, value)));
    else if (kind?.at === 'query')
      for (const each of Array.isArray(value) ? value : [value]) query.append(name, textOf(kind, each));
    else if (kind?.at === 'header') headers[name] = visible(textOf(kind, value));
    else if (kind?.at === 'headers' && isObject(value))
      for (const [key, each] of Object.entries(value))
        headers[name + key.replace(/[^\w-]/g, 'x')] = visible(textOf(undefined, each));
    else if (kind?.at === 'payload') payload = value;
    else inBody[kind?.name ?? member] = value;
  }
  path = path.replace(/\{\w+\+?\}/g, 'a');
  // These are the client's own.
  for (const own of ['Host', 'Content-Length', 'Expect']) delete headers[own];
  return {
    method,
    path: query.size === 0 ? path : `${path}?${query}`,
    headers,
    inBody,
    payload,
  };
}

function elements(name: string, kind: Kind | undefined, value: unknown): string {
  if (Array.isArray(value)) {
    const [item, isFlat] = kind?.kind === 'list' ? [kind.item, kind.flat] : [undefined, false];
    const items = value
      .map((each) => elements(isFlat ? name : (item?.name ?? 'member'), item, each))
      .join('');
    return isFlat ? items : `<${name}>${items}</${name}>`;
  }
  if (!isObject(value)) return `<${name}>${escaped(textOf(kind, value))}</${name}>`;
  const members = kind?.kind === 'structure' || kind?.kind === 'union' ? kind.members : {};
  const inner = Object.entries(value).map(([member, each]) => {
    const of = Object.hasOwn(members, member) ? members[member] : undefined;
    return elements(of?.name ?? member, of, each);
  });
  return `<${name}>${inner.join('')}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function textOf(kind: Kind | undefined, value: unknown): string {
  if (kind?.kind === 'timestamp' && typeof value === 'number' && Math.abs(value) < 8e12)
    return new Date(value * 1_000).toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function encoded(text: string): string {
  // A path that a client would shorten names another resource.
  return encodeURIComponent(text.toWellFormed()).replace(/^\.{0,2}$/, '%20');
}

/** Matches a value that a header may hold. */
function visible(text: string): string {
  return text.slice(0, 4_000).replace(/[^\x20-\x7e]/g, '?');
}
