import { createServer, request as forward } from 'node:http';
import { endpointOf } from './aws-stand-in.ts';

/** Stands between functions and the loop until it is stopped, and loses answers, as when a connection breaks. */
export async function losingProxy() {
  const toLose = new Set<string>();
  const calls: string[] = [];
  let target: URL | undefined;

  const server = createServer((request, response) => {
    if (!target) throw new Error('nothing to pass a call on to yet');
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(operation);
    const isLost = toLose.delete(operation);
    const { method, url: path, headers } = request;
    const { hostname, port, host } = target;
    const onward = forward({ hostname, port, path, method, headers: { ...headers, host } }, (answer) => {
      if (isLost) {
        answer.resume().once('end', () => response.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: endpointOf(server),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    forwardTo(endpoint: string) {
      target = new URL(endpoint);
    },
    /** The next call of this operation has its effect, and its answer never arrives. */
    loseNext(operation: string) {
      toLose.add(operation);
    },
    /** Every call so far, lost answers included. */
    calls,
  };
}
