import type { ApiModel, ApiStage, RouteModel } from '../../../aws/api-model.ts';
import type { ApiRequest } from '../requests/api-request.ts';

/** All that a payload is made of. */
export interface PayloadParts {
  api: ApiModel;
  stage: ApiStage;
  route: RouteModel;
  request: ApiRequest;
  /** Undecoded, without the stage. */
  path: string;
  parameters: Record<string, string>;
  accountId: string;
  /** The request's headers, with those that API Gateway adds. */
  headers: readonly (readonly [string, string])[];
  /** The findings of an authorizer, for the request's context. */
  authorizer?: Record<string, unknown>;
  /** The caller's identity, where it signed. */
  identity?: { accessKey: string; userArn: string; accountId: string };
  apiKey?: { id: string; value: string };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
export function logTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  return `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}

/** "The full domain name used to invoke the API" and "the first label" of it (API Gateway guide, "Customize HTTP API access logs"); the loop's own host has none of the API. */
export function domainOf(
  { name }: Pick<ApiModel, 'name'>,
  { domain, host }: Pick<ApiRequest, 'domain' | 'host'>,
): { domainName: string; domainPrefix: string } {
  if (domain === undefined) return { domainName: host, domainPrefix: name };
  return { domainName: domain, domainPrefix: domain.split('.', 1)[0] ?? '' };
}

/** `routeKey` of a request's context. */
export function routeKeyOf({ method, path }: Pick<RouteModel, 'method' | 'path'>): string {
  return path === '$default' ? path : `${method} ${path}`;
}

/** The id that a caller's request has besides, as `extendedRequestId`, `Apigw-Requestid` and `x-amz-apigw-id`: 15 letters and `=`. */
export function extendedIdOf(requestId: string): string {
  return `${Buffer.from(requestId.replaceAll('-', ''), 'hex').subarray(0, 11).toString('base64url').slice(0, 15)}=`;
}

/** Header names with all values, as the first of each is written. */
export function valuesByName(headers: PayloadParts['headers']): Map<string, string[]> {
  const written = new Map<string, string>();
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = written.get(name.toLowerCase()) ?? name;
    written.set(name.toLowerCase(), key);
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}
