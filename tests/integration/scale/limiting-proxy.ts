import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { endpointOf } from '../app/aws-stand-in.ts';

/**
 * A quota under load, counted in calls and not in seconds, so that it refuses the same share on a slow machine: the
 * load is `times` the quota, which lets every so many-th call pass.
 */
export interface Overload {
  times: number;
  refusal: Refusal;
}

/** What a caller over a quota is answered. */
export interface Refusal {
  status: number;
  body: object;
}

export interface LimitingProxy {
  /** What functions call in place of the loop. */
  endpoint: string;
  /** Passes on to this endpoint from now on. */
  forwardTo(endpoint: string): void;
  /** Calls by operation, such as `PutItem`, refused ones included. */
  calls: Map<string, number>;
  /** How many calls were over a quota. */
  refused(): number;
  /** From now on everything passes. */
  lift(): void;
  stop(): Promise<void>;
}

/** Stands between functions and the loop, and refuses what their quotas don't allow, before it has any effect. */
export async function startLimitingProxy(overloads: Record<string, Overload>): Promise<LimitingProxy> {
  const quotas = new Map(
    Object.entries(overloads).map(([operation, overload]) => [operation, quota(overload)]),
  );
  const calls = new Map<string, number>();
  let refused = 0;
  let target: URL | undefined;

  const server = createServer(async (request, response) => {
    const operation = operationOf(request.headers);
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const body = await buffer(request);
    const refusal = quotas.get(operation)?.refusal();
    if (refusal) {
      refused += 1;
      response.writeHead(refusal.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(refusal.body));
      return;
    }
    if (!target) throw new Error('nothing to pass a call on to yet');
    const { method, url: path, headers } = request;
    const { hostname, port, host } = target;
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
    forwardTo(endpoint) {
      target = new URL(endpoint);
    },
    calls,
    refused: () => refused,
    lift: () => quotas.clear(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function operationOf(headers: IncomingHttpHeaders): string {
  return String(headers['x-amz-target']).split('.')[1] ?? '';
}

function quota({ times, refusal }: Overload) {
  let calls = 0;
  return {
    /** How to refuse this call, if it must be. */
    refusal(): Refusal | undefined {
      calls += 1;
      return calls % times === 0 ? undefined : refusal;
    },
  };
}
