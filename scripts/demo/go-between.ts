import { createServer, request as forward } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Stands between functions and the loop. */
export interface GoBetween {
  /** For the functions, in place of the loop's. */
  endpoint: string;
  /** Passes calls on to this endpoint from now on. */
  forwardTo(endpoint: string): void;
  stop(): Promise<void>;
}

/** An answer of the JSON protocols. */
export interface Refusal {
  status: number;
  body: object;
}

/** The call has its effect, and its answer never arrives. */
export const LOST = 'lost';

/** Becomes of a call: refused before it has any effect, its answer lost, or, where undefined, nothing out of the ordinary. */
export type Fate = Refusal | typeof LOST | undefined;

/** `fateOf` is asked once a call, by its operation, such as `PutItem`. */
export async function startGoBetween(fateOf: (operation: string) => Fate): Promise<GoBetween> {
  let target: URL | undefined;

  const server = createServer(async (request, response) => {
    const fate = fateOf(String(request.headers['x-amz-target']).split('.')[1] ?? '');
    const body = await buffer(request);
    if (fate !== undefined && fate !== LOST) {
      response.writeHead(fate.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(fate.body));
      return;
    }
    if (!target) {
      response.destroy(new Error('a call came before there was a place to pass it on to'));
      return;
    }
    const { hostname, port, host } = target;
    const { method, url: path, headers } = request;
    const onward = forward({ hostname, port, path, method, headers: { ...headers, host } }, (answer) => {
      if (fate === LOST) {
        answer.resume().once('end', () => response.destroy());
        return;
      }
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
      target = new URL(endpoint);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
