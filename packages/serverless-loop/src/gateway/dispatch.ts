import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiAddressOf } from '../aws/api-address.ts';
import { once } from '../aws/once.ts';
import type { LazyRestXmlService } from '../aws/rest-xml-service.ts';
import { type Answer, jsonAnswer, send } from './answer.ts';
import { type Inflated, inflated, readBody } from './body.ts';
import { credentialsOf } from './call.ts';
import { jsonProtocol } from './protocols/json-protocol.ts';
import { restJsonProtocol } from './protocols/rest-json-protocol.ts';
import { readApiCall } from './read-api-call.ts';
import type { Protocol, Received } from './received.ts';
import type { Page, PageRequest, Routes } from './routes.ts';
import { toldApart } from './told-apart.ts';

export type Dispatch = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const OWN_PAGES = '/_loop/';

/** Reads each request, picks its protocol and sends the answer. */
export function dispatcher(routes: Routes, endpoint: string): Dispatch {
  const protocolOf = toldApart(routes);
  const json = jsonProtocol(routes);
  const rest = restJsonProtocol(routes);
  const loadForm = once(async () =>
    (await import('./protocols/query-protocol.ts')).formQueryProtocol(routes),
  );
  const form: Protocol = async (received) => (await loadForm())(received);

  const loadCbor = once(async () =>
    (await import('./protocols/rpc-cbor-protocol.ts')).rpcCborProtocol(routes),
  );
  const cbor: Protocol = async (received) => (await loadCbor())(received);

  const loadRestXml = once(async () => (await import('./protocols/rest-xml-protocol.ts')).answerRestXml);

  /** The service that takes the body as it comes, when the request is signed for one. */
  function streamedService({ headers, credentials }: Unread): LazyRestXmlService | undefined {
    if (headers['x-amz-target'] !== undefined) return undefined;
    return routes.restXml?.find(({ signingName }) => signingName === credentials?.service);
  }

  const protocols = { json, rest, form, cbor } as const;

  /** A body that nobody signed is refused, and not unpacked before. */
  async function readUnpacked({ headers, credentials }: Unread, request: IncomingMessage): Promise<Inflated> {
    const sent = await readBody(request);
    const encoding = headers['content-encoding'];
    const isRead = routes.acceptsUnsigned || credentials !== undefined;
    return isRead && encoding !== undefined ? inflated(sent, encoding) : { body: sent };
  }

  return async (request, response) => {
    const unread = unreadOf(request, response, endpoint);
    const address = routes.apis && apiAddressOf(unread.headers.host ?? '', unread.path);
    if (routes.apis && address) {
      const call = await readApiCall(request, address, unread);
      const answer = await routes.apis(call);
      return call.isTooLarge ? refuseTheRest(request, response, answer) : send(response, answer);
    }
    if (unread.path.startsWith(OWN_PAGES)) return send(response, await ownPage(routes, unread));
    const home = isOpened(unread) && (await routes.pages?.(unread));
    if (home) return send(response, pageAnswer(home));
    const streamed = streamedService(unread);
    if (streamed) {
      const asked = Object.assign(unread, { request });
      send(response, await (await loadRestXml())(asked, await streamed.load(), routes));
      // The rest of the request, which was not read, must not stand before the connection's next one.
      request.resume();
      return;
    }
    const read = await readUnpacked(unread, request);
    const received = Object.assign(unread, read);
    const answer = await protocols[protocolOf(received)](received);
    if (read.body === 'too large') return refuseTheRest(request, response, answer);
    send(response, answer);
  };
}

function splitUrl(url: string): { path: string; query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

type Unread = Omit<Received, keyof Inflated>;

function unreadOf(request: IncomingMessage, response: ServerResponse, endpoint: string): Unread {
  const { method = '', url = '/', headers } = request;
  const { path, query } = splitUrl(url);
  let signal: AbortSignal | undefined;
  return {
    method,
    path,
    query,
    headers,
    credentials: credentialsOf({ headers, query }),
    endpoint,
    get signal() {
      signal ??= goneSignal(response);
      return signal;
    },
  };
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const close = () => {
    if (!response.writableFinished) gone.abort();
  };
  if (response.destroyed) close();
  else response.once('close', close);
  return gone.signal;
}

async function ownPage(routes: Routes, request: PageRequest): Promise<Answer> {
  const page = await routes.pages?.(request);
  if (!page) return jsonAnswer(404, { message: `The loop has no page ${request.path}.` });
  return pageAnswer(page);
}

function pageAnswer({ status, contentType, headers, body }: Page): Answer {
  return { status, headers: { 'Content-Type': contentType, ...headers }, body };
}

/**
 * True when a person opened the port in a browser, which asks for HTML and signs nothing: S3's list of buckets is the same
 * request, signed.
 */
function isOpened({ method, path, query, headers, credentials }: Unread): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || path !== '/' || query !== '') return false;
  const { 'sec-fetch-dest': destination = 'document' } = headers;
  return (
    destination === 'document' &&
    headers.accept?.includes('text/html') === true &&
    headers['x-amz-target'] === undefined &&
    credentials === undefined
  );
}

/** The client may still be sending: it gets the answer, and then the connection ends. */
function refuseTheRest(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.once('finish', () => request.socket.destroySoon());
  send(response, { ...answer, headers: { ...answer.headers, Connection: 'close' } });
}
