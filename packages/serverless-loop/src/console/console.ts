import { AwsError } from '../aws/errors.ts';
import { parseObject } from '../aws/json-limits.ts';
import { isObject, type JsonObject } from '../aws/json-object.ts';
import type { Page, PageRequest } from '../gateway/routes.ts';
import { isSameSecret } from '../same-secret.ts';
import {
  type Asked,
  type Endpoint,
  type EndpointAnswer,
  type EventStream,
  type FileStream,
  queryMembers,
  refuseUnknown,
} from './endpoint.ts';

/** The header that the token comes in: no form and no page of another site can send one without asking first. */
const TOKEN_HEADER = 'x-loop-token';

/** For answers that are nobody else's, and no document. */
const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** Answers requests to the endpoints of a table; undefined for a path that none of them has. */
export function consoleApi<Context>(
  table: Readonly<Record<string, Endpoint<Context>>>,
  context: Context,
  token: string,
): (request: PageRequest) => Promise<Page | undefined> {
  const paths = new Map<string, string[]>();
  for (const route of Object.keys(table)) {
    const [method = '', path = ''] = route.split(' ');
    paths.set(path, [...(paths.get(path) ?? []), method]);
  }

  return async (request) => {
    const methods = paths.get(request.path);
    if (!methods) return undefined;
    const endpoint = table[`${request.method} ${request.path}`];
    if (!endpoint)
      return refusal(405, `${request.path} takes ${methods.join(' and ')}.`, { Allow: methods.join(', ') });
    if (endpoint.changes && !hasToken(request, token))
      return refusal(
        403,
        'This changes something: send the token that stands in the address which the start printed, in the header X-Loop-Token.',
      );
    try {
      const given = await membersOf(request, endpoint);
      refuseUnknown(given, endpoint);
      return pageOf(await endpoint.answer(given, context, askedOf(request)));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return refusal(error.status, error.message, {}, error.code);
    }
  };
}

async function membersOf<Context>(request: PageRequest, { input }: Endpoint<Context>): Promise<JsonObject> {
  if (request.method === 'GET') return queryMembers(request.query, input);
  // A page of another site may send a form or plain text unasked, and nothing else (Fetch, "CORS-safelisted request-header").
  if (!/^application\/json\s*(;|$)/i.test(headerOf(request, 'content-type')))
    throw new AwsError('UnsupportedMediaType', 'The body is JSON, with Content-Type: application/json.', {
      status: 415,
    });
  const body = await request.read();
  if (body === 'too large') throw new AwsError('RequestTooLarge', 'The body is too large.', { status: 413 });
  const members = parseObject(body.toString());
  if (!members) throw new AwsError('SerializationException', 'The body is no JSON object.');
  return members;
}

function askedOf(request: PageRequest): Asked {
  return { signal: request.signal, lastEventId: headerOf(request, 'last-event-id') || undefined };
}

function pageOf(answer: EndpointAnswer): Page {
  if (isEventStream(answer))
    return { status: 200, contentType: 'text/event-stream', headers: HEADERS, body: answer.events };
  if (isFile(answer))
    return {
      status: 200,
      // Whatever its type is: as a document of this origin it could act in the console's name.
      contentType: 'application/octet-stream',
      headers: { ...HEADERS, 'Content-Disposition': disposition(answer.fileName) },
      body: answer.file,
    };
  return {
    status: 200,
    contentType: 'application/json',
    headers: HEADERS,
    body: `${JSON.stringify(answer)}\n`,
  };
}

function isEventStream(answer: EndpointAnswer): answer is EventStream {
  return 'events' in answer && isStream(answer.events);
}

function isFile(answer: EndpointAnswer): answer is FileStream {
  return 'file' in answer && isStream(answer.file);
}

function isStream(value: unknown): boolean {
  return isObject(value) && 'pipe' in value;
}

/** A name of any characters (RFC 6266, with the encoding of RFC 8187). */
function disposition(fileName: string): string {
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}

function refusal(status: number, message: string, headers: Record<string, string> = {}, code?: string): Page {
  return {
    status,
    contentType: 'application/json',
    headers: { ...HEADERS, ...headers },
    body: `${JSON.stringify({ ...(code !== undefined && { code }), message })}\n`,
  };
}

function headerOf({ headers }: PageRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** By the header of its own, or as a bearer token, which any client can be told to send. */
export function hasToken(request: PageRequest, token: string): boolean {
  const [, bearer = ''] = /^Bearer (.+)$/i.exec(headerOf(request, 'authorization')) ?? [];
  return isSameSecret(headerOf(request, TOKEN_HEADER), token) || isSameSecret(bearer, token);
}
