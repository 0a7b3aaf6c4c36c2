import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Tool } from 'serverless-loop/tests';

export interface LocalLambda {
  endpoint: string;
  stop(): Promise<void>;
}

/** `sam local start-lambda` on a free port, answering. */
export async function startLocalLambda(sam: Tool, options: string[]): Promise<LocalLambda> {
  const port = await freePort();
  const child = sam.start(['local', 'start-lambda', '--port', String(port), ...options]);
  const ended = once(child, 'close');
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    if (child.stderr === null) throw new Error('no standard error');
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      if (line.includes('Running on http://')) resolve();
    });
    child.once('error', reject);
    void ended.then(([status]) => reject(new Error(`ended with ${status}: ${said.join('\n')}`)));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** SAM takes no 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`no port in ${address}`);
  return address.port;
}
