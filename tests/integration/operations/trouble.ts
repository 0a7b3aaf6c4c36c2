import { createServer, request as forward } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { endpointOf } from '../app/aws-stand-in.ts';

export type Trouble = Awaited<ReturnType<typeof startTrouble>>;

/** Stands between the functions and the loop, and refuses the operations that are in trouble with an error of AWS. */
export async function startTrouble() {
  const refused = new Map<string, string>();
  let target = '';

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const body = await buffer(request);
    const code = refused.get(operation);
    if (code !== undefined) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: code, message: `${operation} is in trouble` }));
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

  return {
    endpoint: endpointOf(server),
    forwardTo(endpoint: string) {
      target = endpoint;
    },
    /** From now on an operation of the functions, such as `PutItem`, is answered by this error. */
    begin(operation: string, code: string) {
      refused.set(operation, code);
    },
    end() {
      refused.clear();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
