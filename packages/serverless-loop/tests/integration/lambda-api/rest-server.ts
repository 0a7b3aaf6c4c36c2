import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../../../src/aws/errors.ts';
import type { RestOperation } from '../../../src/aws/operation.ts';

/** The least HTTP in front of a table of restJson operations, for a real SDK client. */
export async function serveRest(operations: RestOperation[]) {
  const server = createServer((request, response) => {
    void answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const [path = '', query] = (request.url ?? '').split('?');
    const operation = operations.find(
      (each) => each.method === request.method && each.path.test(path) && isAsked(each, query),
    );
    const groups = operation?.path.exec(path)?.groups ?? {};
    const params = Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    const body = await buffer(request);
    const traceHeader = request.headers['x-amzn-trace-id'];
    try {
      const reading = await operation?.read({
        params,
        query: new URLSearchParams(query),
        headers: request.headers,
        body,
      });
      const call = {
        caller: {},
        requestId: 'req-7',
        endpoint,
        signal: new AbortController().signal,
        ...(typeof traceHeader === 'string' && { traceHeader }),
      };
      const result = reading && (await operation?.answer(reading, call));
      response.writeHead(result?.status ?? 404, { 'x-amzn-RequestId': 'req-7', ...result?.headers });
      if (result?.body instanceof Readable) result.body.pipe(response);
      else response.end(result?.body);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      response.writeHead(error.status, { ...error.headers, 'x-amzn-ErrorType': error.code }).end(
        JSON.stringify({
          ...operation?.errorMembers?.(error),
          ...error.members,
          Message: error.message,
        }),
      );
    }
  }

  function isAsked({ query: wanted = [] }: RestOperation, given: string | undefined): boolean {
    const asked = new URLSearchParams(given);
    return wanted.every(([name, value]) => asked.has(name) && (value ?? asked.get(name)) === asked.get(name));
  }

  return {
    endpoint,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
