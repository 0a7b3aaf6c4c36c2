import { isObject } from '../../../aws/json-object.ts';
import type { ApiAnswer } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { isAmong } from './body.ts';

/** RFC 9110, 5.1 and 5.5: what a header may be called, and hold. */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a header's value may hold a tab, and no other control character.
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/;

const FIELDS_1 = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Refuses a function's answer; the reason is for the person who runs the loop. */
export function malformed(found: string): Refusal {
  return new Refusal('DEFAULT_5XX', undefined, `Malformed Lambda proxy response: ${found}`);
}

/**
 * The answer to a payload of format 1.0: none of its members must be there, and no others may (LocalStack's record,
 * tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json, test_aws_proxy_response_payload_format_validation). Of a REST API a
 * body in base64 is bytes only for who accepts a binary type. Throws a Refusal.
 */
export function answer1(
  payload: Buffer,
  api: { protocol: string; binaryMediaTypes: readonly string[] },
  accept: string | undefined,
): ApiAnswer {
  const answer = parsed(payload);
  const isRest = api.protocol === 'REST';
  if (!isObject(answer)) throw malformed('it is no object');
  if (isRest) {
    const other = Object.keys(answer).find((name) => !FIELDS_1.has(name));
    if (other !== undefined) throw malformed(`it has a member ${other}`);
  } else if (answer.statusCode === undefined) throw malformed('it has no statusCode');
  const headers = withType(singleHeaders(answer.headers));
  addMultiple(headers, answer.multiValueHeaders);
  const [first = ''] = (accept ?? '').split(',');
  const isBinary = answer.isBase64Encoded === true && (!isRest || isAmong(first, api.binaryMediaTypes));
  return checked({
    status: statusOf(answer.statusCode ?? 200),
    headers,
    body: bodyOf(answer.body, isBinary),
  });
}

/**
 * The answer to a payload of format 2.0. Without `statusCode` the whole of it is the body of a 200 (API Gateway guide, "Create
 * AWS Lambda proxy integrations for HTTP APIs", "Lambda function response for format 2.0"). Throws a Refusal.
 */
export function answer2(payload: Buffer): ApiAnswer {
  const answer = parsed(payload);
  if (!isObject(answer) || answer.statusCode === undefined) {
    const body = typeof answer === 'string' ? answer : payload.toString();
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
  }
  const headers = withType(singleHeaders(answer.headers));
  const { cookies } = answer;
  if (Array.isArray(cookies) && cookies.length > 0) headers['Set-Cookie'] = cookies.map(String);
  return checked({
    status: statusOf(answer.statusCode),
    headers,
    body: bodyOf(answer.body, answer.isBase64Encoded === true),
  });
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    throw malformed('it is no JSON');
  }
}

type Headers = Record<string, string | string[]>;

/** An answer that says nothing of its type is JSON. */
function withType(headers: Headers): Headers {
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return isTyped ? headers : { 'Content-Type': 'application/json', ...headers };
}

function singleHeaders(given: unknown): Headers {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) throw malformed('its headers are no object');
  const headers: Headers = {};
  for (const [name, value] of Object.entries(given)) {
    if (!['string', 'boolean', 'number'].includes(typeof value))
      throw malformed(`its header ${name} is no text`);
    replace(headers, name, String(value));
  }
  return headers;
}

/** A header that is given both ways has all the values, those of `multiValueHeaders` first, whose spelling holds (the same record). */
function addMultiple(headers: Headers, given: unknown): void {
  if (given === undefined || given === null) return;
  if (!isObject(given)) throw malformed('its multiValueHeaders are no object');
  for (const [name, values] of Object.entries(given)) {
    if (!Array.isArray(values)) throw malformed(`its multiValueHeaders ${name} are no list`);
    const isDefault = name.toLowerCase() === 'content-type';
    const known = Object.entries(headers).find(([each]) => each.toLowerCase() === name.toLowerCase());
    replace(headers, name, [...values.map(String), ...(known && !isDefault ? [known[1]].flat() : [])]);
  }
}

function replace(headers: Headers, name: string, value: string | string[]): void {
  for (const known of Object.keys(headers))
    if (known.toLowerCase() === name.toLowerCase()) delete headers[known];
  headers[name] = value;
}

function statusOf(given: unknown): number {
  const status = Number(
    typeof given === 'string' && given.trim() !== '' ? given : typeof given === 'number' ? given : Number.NaN,
  );
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw malformed(`its statusCode is ${JSON.stringify(given)}`);
  return status;
}

function bodyOf(given: unknown, isBinary: boolean): string | Buffer {
  if (given === undefined || given === null) return '';
  if (typeof given === 'object') throw malformed('its body is no text');
  return isBinary ? Buffer.from(String(given), 'base64') : String(given);
}

function checked(answer: ApiAnswer): ApiAnswer {
  const wrong = Object.entries(answer.headers).find(([name, value]) => !isSendable(name, value));
  if (wrong) throw malformed(`no header may be ${JSON.stringify(wrong[0])} with that value`);
  return answer;
}

/** Tells a header that can be sent at all. */
function isSendable(name: string, value: string | string[]): boolean {
  return HEADER_NAME.test(name) && ![value].flat().some((each) => UNSENDABLE.test(each));
}
