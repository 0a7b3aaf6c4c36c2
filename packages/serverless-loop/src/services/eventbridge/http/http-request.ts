import type { HttpParts } from '../../../aws/delivery.ts';
import { parseObject } from '../../../aws/json-limits.ts';
import type { ConnectionCall } from '../../../connection-call.ts';
import type { HttpRequest } from '../../../http-call.ts';
import type { ApiDestinationModel } from './api-destinations.ts';
import type { AuthParameters } from './connection.ts';

type Parts = NonNullable<AuthParameters['InvocationHttpParameters']>;

/** Headers that every request has (EventBridge guide, "Headers sent as part of API destination requests"). */
const OWN_HEADERS = {
  'user-agent': 'Amazon/EventBridge/ApiDestinations',
  'content-type': 'application/json; charset=utf-8',
  range: 'bytes=0-1048575',
  'accept-encoding': 'gzip,deflate',
};

/**
 * The request for an event: what its target fills in and, before that where both name it, what the connection has
 * (EventBridge API reference, "ConnectionHttpParameters"). `token`: the value of the header Authorization of client credentials.
 */
export function eventRequest(
  { endpoint, method }: Pick<ApiDestinationModel, 'endpoint' | 'method'>,
  parameters: AuthParameters,
  { body, http }: { body: string; http?: HttpParts },
  token?: string,
): HttpRequest {
  const { InvocationHttpParameters: parts = {} } = parameters;
  const url = new URL(withPath(endpoint, http?.path ?? []));
  for (const [key, value] of Object.entries(http?.query ?? {})) url.searchParams.set(key, value);
  addQuery(url, parts);
  return {
    url,
    method,
    headers: {
      ...OWN_HEADERS,
      ...small(Object.entries(http?.headers ?? {})),
      ...small(pairsOf(parts.HeaderParameters)),
      ...credentials(parameters),
      ...(token !== undefined && { authorization: token }),
    },
    body: withMembers(body, pairsOf(parts.BodyParameters)),
  };
}

/** A request of somebody else's by a connection: what the connection has wins where both name it. */
export function connectionRequest(
  { url: given, method, headers, bodyWith }: ConnectionCall,
  parameters: AuthParameters,
  token?: string,
): HttpRequest {
  const { InvocationHttpParameters: parts = {} } = parameters;
  const url = new URL(given);
  addQuery(url, parts);
  return {
    url,
    method,
    headers: {
      ...small(Object.entries(headers)),
      ...small(pairsOf(parts.HeaderParameters)),
      ...credentials(parameters),
      ...(token !== undefined && { authorization: token }),
    },
    body: bodyWith(Object.fromEntries(pairsOf(parts.BodyParameters))),
  };
}

/** The request for a token: no page of AWS says its form; this is what RFC 6749, section 2.3.1, says of a client's password in a body. */
export function tokenRequest(oauth: NonNullable<AuthParameters['OAuthParameters']>): HttpRequest {
  const { ClientParameters: client, OAuthHttpParameters: parts = {} } = oauth;
  const url = new URL(oauth.AuthorizationEndpoint);
  addQuery(url, parts);
  const form = new URLSearchParams({
    client_id: client.ClientID,
    client_secret: client.ClientSecret,
    ...Object.fromEntries(pairsOf(parts.BodyParameters)),
  });
  return {
    url,
    method: oauth.HttpMethod,
    headers: {
      'user-agent': OWN_HEADERS['user-agent'],
      'content-type': 'application/x-www-form-urlencoded',
      ...small(pairsOf(parts.HeaderParameters)),
    },
    body: form.toString(),
  };
}

/** Each `*` of a path is a place for a target's value. */
function withPath(endpoint: string, values: readonly string[]): string {
  const left = [...values];
  return endpoint.replaceAll('*', () => encodeURIComponent(left.shift() ?? ''));
}

function addQuery(url: URL, { QueryStringParameters }: Parts): void {
  for (const [key, value] of pairsOf(QueryStringParameters)) url.searchParams.set(key, value);
}

function credentials({ BasicAuthParameters: basic, ApiKeyAuthParameters: key }: AuthParameters) {
  if (basic) {
    const text = Buffer.from(`${basic.Username}:${basic.Password}`).toString('base64');
    return { authorization: `Basic ${text}` };
  }
  return key ? { [key.ApiKeyName.toLowerCase()]: key.ApiKeyValue } : {};
}

function pairsOf(parts: Parts['HeaderParameters'] = []): [string, string][] {
  return parts.flatMap(({ Key, Value = '' }) => (Key === undefined ? [] : [[Key, Value]]));
}

function small(pairs: [string, string][]): Record<string, string> {
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

/** A body that is no JSON object has no place for members. */
function withMembers(body: string, members: [string, string][]): string {
  const object = members.length > 0 ? parseObject(body) : undefined;
  return object ? JSON.stringify({ ...object, ...Object.fromEntries(members) }) : body;
}
