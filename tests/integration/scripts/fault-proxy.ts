import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request on its way to the loop. */
export interface Passing {
  /** The service's own name of the operation where it has one, e.g. `AmazonSQS.DeleteMessage`; else the path. */
  operation: string;
  body: string;
}

/** An answer in place of the loop's, or a request in place of the command's; undefined lets it pass as it is. */
export type Fault = (request: Passing) => Change | Promise<Change>;

const REFUSAL = 'refused by the test';

type Change = { status: number; code: string } | { body: string } | undefined;

/** Stands between a command and the loop until the test ends, and gives its own endpoint. */
export async function faultProxy(endpoint: string, fault: Fault): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const change = await fault({ operation: operationOf(request), body: body.toString() });
    if (change && 'status' in change) {
      const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
      response.writeHead(change.status, {
        'content-type': isQuery ? 'text/xml' : 'application/x-amz-json-1.0',
        'x-amzn-errortype': change.code,
      });
      response.end(isQuery ? xmlError(change.code) : jsonError(change.code));
      return;
    }
    const answer = await fetch(new URL(request.url ?? '/', endpoint), {
      method: request.method ?? 'GET',
      headers: passedOn(request),
      ...(body.length > 0 && { body: change?.body ?? new Uint8Array(body) }),
    });
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return `http://127.0.0.1:${address.port}`;
}

function jsonError(code: string): string {
  return JSON.stringify({ __type: code, message: REFUSAL });
}

function xmlError(code: string): string {
  return `<ErrorResponse><Error><Code>${code}</Code><Message>${REFUSAL}</Message></Error></ErrorResponse>`;
}

function operationOf({ headers, url = '' }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target : decodeURIComponent(url);
}

function passedOn({ headers }: IncomingMessage): Record<string, string> {
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !['host', 'connection', 'content-length', 'expect'].includes(name)
      ? [[name, value]]
      : [],
  );
  return Object.fromEntries(texts);
}
