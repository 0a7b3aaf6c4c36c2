import type { Member, SdkOperation } from './sdk-operations.ts';

/** A request as it goes over the wire, whatever its input is: an SDK would refuse to send it. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
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

export function formRequest(operation: string, input: Input): WireRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([['Action', operation], ...fields('', input)]).toString(),
  };
}

export function restRequest({ http, members }: SdkOperation, input: Input): WireRequest {
  const given = members.filter(({ name }) => input[name] !== undefined);
  const query = new URLSearchParams();
  for (const { name, query: parameter } of given)
    if (parameter !== undefined) query.append(parameter, text(input[name]));
  const path = members.reduce(
    (filled, { name }) => filled.replace(new RegExp(`\\{${name}\\+?\\}`), () => segment(input[name] ?? 'a')),
    http?.path ?? '/',
  );
  const method = http?.method ?? 'POST';
  return {
    method,
    path: query.size === 0 ? path : `${path}?${query}`,
    headers: Object.fromEntries(
      given.flatMap(({ name, header }) => (header === undefined ? [] : [[header, visible(input[name])]])),
    ),
    ...(method !== 'GET' && { body: JSON.stringify(bodyOf(given, input)) }),
  };
}

function bodyOf(given: Member[], input: Input): Input {
  const inBody = given.filter(
    ({ query, header, isPath }) => query === undefined && header === undefined && !isPath,
  );
  return Object.fromEntries(inBody.map(({ name }) => [name, input[name]]));
}

/** `Tags.member.1.Key=a` (Smithy, "AWS query protocol"). */
function fields(prefix: string, value: unknown): [string, string][] {
  if (Array.isArray(value))
    return value.length === 0
      ? [[prefix, '']]
      : value.flatMap((item, index) => fields(`${prefix}.member.${index + 1}`, item));
  if (typeof value !== 'object' || value === null) return [[prefix, String(value)]];
  return Object.entries(value).flatMap(([name, member]) =>
    fields(prefix === '' ? name : `${prefix}.${name}`, member),
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function segment(value: unknown): string {
  return encodeURIComponent(text(value).toWellFormed());
}

/** Matches a value that a header may hold. */
function visible(value: unknown): string {
  return text(value).replace(/[^\x20-\x7e]/g, '?');
}
