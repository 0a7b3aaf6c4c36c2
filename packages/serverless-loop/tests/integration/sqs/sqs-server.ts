import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AwsError } from '../../../src/aws/errors.ts';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import type { JsonService } from '../../../src/aws/operation.ts';
import { JSON_FORMS, wireValues } from '../../../src/aws/wire-values.ts';
import { called } from '../../operation-calls.ts';

/** The least HTTP in front of one JSON service, for a real SDK client. `open` counts the requests that wait for an answer. */
export async function serveJson(serviceAt: (endpoint: string) => JsonService) {
  const server = createServer((request, response) => {
    void answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const endpoint = `http://127.0.0.1:${port}`;
  const service = serviceAt(endpoint);
  let open = 0;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const gone = new AbortController();
    open += 1;
    response.on('close', () => {
      open -= 1;
      gone.abort();
    });
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const input: JsonObject = JSON.parse(await text(request));
    const call = { caller: {}, requestId: 'r-1', endpoint, signal: gone.signal };
    try {
      const wanted = service.operations[operation];
      const output = wireValues(wanted?.output, await called(wanted, input, call), JSON_FORMS);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(output));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const body = { __type: `${service.errorNamespace}#${error.code}`, message: error.message };
      response
        .writeHead(error.status, { ...error.headers, 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(body));
    }
  }

  return {
    endpoint,
    open: () => open,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
