import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from '../http.ts';
import { jsonAnswer, send } from './answer.ts';
import { type Dispatch, dispatcher } from './dispatch.ts';
import { hostGuard } from './host-guard.ts';
import { InvalidPortError, PortTakenError } from './port-errors.ts';
import type { Routes } from './routes.ts';

export { InvalidPortError, PortTakenError } from './port-errors.ts';
export type { Page, QueryProtocol, Routes } from './routes.ts';

export interface Gateway {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  port: number;
  /** Until this is called every request is answered 503. */
  serve(routes: Routes): void;
  /** Takes no more requests and cuts those under way. */
  stop(): Promise<void>;
}

/** Longer than any client keeps an idle connection, so that the client is the one to close it. */
const KEEP_ALIVE_MS = 120_000;

/**
 * The one port in front of every emulated service, on 127.0.0.1 only. Port 0 takes any free one. Throws InvalidPortError,
 * PortTakenError.
 */
export async function startGateway(options: { port: number }): Promise<Gateway> {
  let dispatch: Dispatch = notReady;
  const server = createServer({ noDelay: true, keepAliveTimeout: KEEP_ALIVE_MS });
  const port = await listen(server, options.port);
  const endpoint = `http://127.0.0.1:${port}`;
  const refusalOf = hostGuard(port);

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const refusal = refusalOf(request.headers);
    if (refusal !== undefined) return send(response, jsonAnswer(403, { message: refusal }));
    dispatch(request, response).catch((error: unknown) => abandon(request, response, error));
  });

  return {
    endpoint,
    port,
    serve(routes) {
      dispatch = dispatcher(routes, endpoint);
    },
    stop: () => close(server),
  };
}

async function notReady(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  const message = 'The loop is still starting.';
  send(response, jsonAnswer(503, { __type: 'ServiceUnavailableException', message }, { 'Retry-After': '1' }));
}

/** A request that broke off while it was read needs no answer; anything else is a fault of the gateway itself. */
function abandon(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!request.destroyed) console.error('The gateway failed:', error);
  response.destroy();
}

function listen(server: Server, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return Promise.reject(new InvalidPortError(port));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
