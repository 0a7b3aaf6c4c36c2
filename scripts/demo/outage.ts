import { createServer, request as forward } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Stands between the functions and the loop. Through it they reach DynamoDB, until one of its operations is out. */
export interface Outage {
  /** For the functions, in place of the loop's. */
  endpoint: string;
  /** Where what is not out is answered. */
  forwardTo(endpoint: string): void;
  /** From now on this operation is answered as DynamoDB does when it fails itself. */
  begin(operation: string): void;
  end(): void;
  stop(): Promise<void>;
}

/** Status and code are DynamoDB's (developer guide, "Error handling with DynamoDB", HTTP status code 500). */
const ANSWER = { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'out of order' };

export async function startOutage(): Promise<Outage> {
  let target = '';
  let out: string | undefined;

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    const body = await buffer(request);
    if (operation !== undefined && operation === out) {
      response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(ANSWER));
      return;
    }
    const { hostname, port, host } = new URL(target);
    const { method, url: path, headers } = request;
    const onward = forward({ hostname, port, path, method, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    endpoint: `http://127.0.0.1:${port}`,
    forwardTo(endpoint) {
      target = endpoint;
    },
    begin(operation) {
      out = operation;
    },
    end() {
      out = undefined;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
