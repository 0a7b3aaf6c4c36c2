import type { IncomingMessage } from 'node:http';
import { type Answer, jsonAnswer } from './answer.ts';
import { readBody } from './body.ts';
import type { IncomingRequest, Received } from './received.ts';
import type { Page, PageRequest, Routes } from './routes.ts';

/** The loop's own pages are below it. */
const OWN_FOLDER = '/_loop';

export function isOwn(path: string): boolean {
  return (
    path.startsWith(OWN_FOLDER) && (path.length === OWN_FOLDER.length || path[OWN_FOLDER.length] === '/')
  );
}

export function pageRequest(received: IncomingRequest, request: IncomingMessage): PageRequest {
  const { method, path, query, headers } = received;
  return {
    method,
    path,
    query,
    headers,
    // Made for the first that asks.
    get signal() {
      return received.signal;
    },
    read: () => new Promise((take, fail) => readBody(request, take, fail)),
  };
}

export async function homePage(routes: Routes, request: PageRequest): Promise<Answer | undefined> {
  const home = await routes.pages?.(request);
  return home && pageAnswer(home);
}

export async function ownPage(routes: Routes, request: PageRequest): Promise<Answer> {
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
export function isOpened({ method, path, query, headers, credentials }: Received): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || path !== '/' || query !== '') return false;
  const { 'sec-fetch-dest': destination = 'document' } = headers;
  return (
    destination === 'document' &&
    headers.accept?.includes('text/html') === true &&
    headers['x-amz-target'] === undefined &&
    credentials === undefined
  );
}
