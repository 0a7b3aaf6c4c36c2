import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { StateError } from '../interpreter/state-error.ts';
import { ARRAY_FORMATS, type ArrayFormat, plainText } from './form-text.ts';

/** The request of a task `http:invoke`. */
export interface HttpTask {
  url: URL;
  method: string;
  connectionArn: string;
  headers: Record<string, string>;
  body: unknown;
  /** Of a body that is sent as a form; undefined for JSON. */
  arrayFormat: ArrayFormat | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const;

/** Headers that a task may not name (Step Functions guide, "Call HTTPS APIs", "HTTP Task fields": Headers). */
const FORBIDDEN =
  /^(?:x-forwarded.*|x-amzn?-.*|a-im|accept-charset|accept-datetime|accept-encoding|authorization|cache-control|connection|content-encoding|content-md5|date|expect|forwarded|from|host|http2-settings|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|max-forwards|origin|pragma|proxy-authorization|referer|server|te|trailer|transfer-encoding|upgrade|via|warning)$/i;

/** Reads the parameters of a task. Throws the StateError of those that name no request. */
export function httpTaskOf(parameters: JsonObject): HttpTask {
  const { ApiEndpoint, Method, RequestBody: body, Transform } = parameters;
  const method = METHODS.find((each) => each === Method);
  if (!method) throw wrong('Method', `one of ${METHODS.join(', ')}`, Method);
  const url = typeof ApiEndpoint === 'string' ? URL.parse(ApiEndpoint) : null;
  if (!url) throw wrong('ApiEndpoint', 'the URL of an API', ApiEndpoint);
  for (const [name, value] of queryOf(parameters.QueryParameters)) url.searchParams.append(name, value);
  return {
    url,
    method,
    connectionArn: connectionOf(parameters),
    headers: headersOf(parameters.Headers),
    body,
    arrayFormat: formatOf(Transform),
  };
}

function connectionOf({ Authentication, InvocationConfig }: JsonObject): string {
  for (const place of [InvocationConfig, Authentication])
    if (isObject(place) && typeof place.ConnectionArn === 'string') return place.ConnectionArn;
  throw wrong('Authentication.ConnectionArn', 'the ARN of a connection', Authentication);
}

function headersOf(given: unknown): Record<string, string> {
  if (given === undefined) return {};
  if (!isObject(given)) throw wrong('Headers', 'an object', given);
  const entries = Object.entries(given).map(([name, value]) => {
    if (FORBIDDEN.test(name))
      throw new StateError('States.Runtime', `A task may not send the header ${name}.`);
    return [name.toLowerCase(), textsOf(value).join(',')] as const;
  });
  return Object.fromEntries(entries);
}

function queryOf(given: unknown): [string, string][] {
  if (given === undefined) return [];
  if (typeof given === 'string') return [...new URLSearchParams(given)];
  if (!isObject(given)) throw wrong('QueryParameters', 'an object or a text', given);
  return Object.entries(given).flatMap(([name, value]) =>
    textsOf(value).map((text): [string, string] => [name, text]),
  );
}

function textsOf(value: unknown): string[] {
  return [value].flat().map(plainText);
}

/** INDICES where the task says no format (the same page, "Apply URL-encoding on request body"). */
function formatOf(transform: unknown): ArrayFormat | undefined {
  if (transform === undefined) return undefined;
  const { RequestBodyEncoding: encoding = 'NONE', RequestEncodingOptions: options } = isObject(transform)
    ? transform
    : {};
  if (encoding === 'NONE') return undefined;
  if (encoding !== 'URL_ENCODED')
    throw wrong('Transform.RequestBodyEncoding', 'NONE or URL_ENCODED', encoding);
  const { ArrayFormat: given = 'INDICES' } = isObject(options) ? options : {};
  const format = ARRAY_FORMATS.find((each) => each === given);
  if (format) return format;
  throw wrong('Transform.RequestEncodingOptions.ArrayFormat', `one of ${ARRAY_FORMATS.join(', ')}`, given);
}

function wrong(member: string, expected: string, found: unknown): StateError {
  return new StateError(
    'States.Runtime',
    `${member} must be ${expected}, and is ${JSON.stringify(found) ?? 'not there'}.`,
  );
}
