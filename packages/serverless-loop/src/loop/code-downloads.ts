import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { type Element, renderDocument } from '../aws/xml.ts';
import type { Page, PageRequest } from '../gateway/routes.ts';
import { isSameSecret } from '../same-secret.ts';
import type { Deployment } from '../services/lambda/api/api-configuration.ts';
import { type CodePackagesOptions, codePackages } from '../services/lambda/code/code-packages.ts';

const PAGES = '/_loop/code/';
/** GetFunction's link is valid for ten minutes (Lambda reference, GetFunction). */
const EXPIRES_SECONDS = 600;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Serves functions' deployment packages for download: at the loop's own port, with a signature in the URL. */
export function codeDownloads({
  endpoint,
  ...options
}: CodePackagesOptions & { endpoint: string }): NonNullable<Deployment['code']> & {
  /** Undefined for what is none of its pages. */
  page(request: Pick<PageRequest, 'method' | 'path' | 'query'>): Promise<Page> | undefined;
} {
  const packages = codePackages(options);
  /** A URL is good for the loop that gave it. */
  const key = randomBytes(32);

  function signatureOf(name: string, date: string, expires: string): string {
    return createHmac('sha256', key).update([name, date, expires].join('\n')).digest('hex');
  }

  function urlOf(name: string): string {
    const date = awsDate(Date.now());
    const expires = String(EXPIRES_SECONDS);
    const query = new URLSearchParams({
      'X-Amz-Date': date,
      'X-Amz-Expires': expires,
      'X-Amz-Signature': signatureOf(name, date, expires),
    });
    return `${endpoint}${PAGES}${name}?${query}`;
  }

  async function download(method: string, name: string, query: URLSearchParams): Promise<Page> {
    const date = query.get('X-Amz-Date') ?? '';
    const expires = query.get('X-Amz-Expires') ?? '';
    const given = query.get('X-Amz-Signature') ?? '';
    // Signed to be read: as in S3, the method belongs to what is signed.
    if (method !== 'GET' || !isSameSecret(given, signatureOf(name, date, expires)))
      return refusal(403, 'AccessDenied', 'Access Denied');
    const endMs = millisecondsOf(date) + Number(expires) * 1000;
    if (!(Date.now() < endMs))
      return refusal(403, 'AccessDenied', 'Request has expired', [
        ['X-Amz-Expires', expires],
        ['Expires', new Date(endMs).toISOString()],
        ['ServerTime', new Date().toISOString()],
      ]);
    return zipPage(path.join(options.cacheDir, name));
  }

  return {
    known: packages.known,
    urlOf: ({ codeUri }) => urlOf(`${path.basename(codeUri)}.zip`),
    async locate(fn) {
      const made = await packages.of(fn);
      return made && { ...made, url: urlOf(path.basename(made.file)) };
    },
    page({ method, path: asked, query }) {
      if (!asked.startsWith(PAGES)) return undefined;
      return download(method, asked.slice(PAGES.length), new URLSearchParams(query));
    },
  };
}

async function zipPage(file: string): Promise<Page> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return refusal(404, 'NoSuchKey', 'The specified key does not exist.');
  const { size } = await handle.stat();
  return {
    status: 200,
    contentType: 'application/zip',
    headers: { 'Content-Length': String(size) },
    body: handle.createReadStream(),
  };
}

/** As S3 says it (S3 API reference, "Error Responses"). */
function refusal(status: number, code: string, message: string, more: Element[] = []): Page {
  const requestId = randomUUID();
  const elements: Element[] = [['Code', code], ['Message', message], ...more, ['RequestId', requestId]];
  return {
    status,
    contentType: 'application/xml',
    body: renderDocument('Error', undefined, elements),
  };
}

/** As 20261128T120000Z (IAM guide, "Elements of an AWS API request signature"). */
function awsDate(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
}

function millisecondsOf(date: string): number {
  return Date.parse(date.replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
}
