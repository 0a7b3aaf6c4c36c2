import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { type ApiAddress, apiAddressOf } from '../aws/api-address.ts';
import { complain } from '../complaint.ts';
import { hostGuard } from '../host-guard.ts';
import { createServer } from '../http.ts';
import { jsonAnswer, send } from './answer.ts';
import { type AddressOf, type Dispatch, dispatcher } from './dispatch.ts';
import { openHttp2Door } from './http2-door.ts';
import { LOOPBACK, listen, reachableHost } from './listening.ts';
import type { Routes } from './routes.ts';
import { takeShortCalls } from './short-calls/short-calls.ts';

export { CannotListenError, InvalidPortError, PortTakenError } from './port-errors.ts';
export type { Page, Routes } from './routes.ts';

export interface GatewayOptions {
  /** 0 for any free one. */
  port: number;
  /** The IP address to listen on in place of 127.0.0.1. */
  address?: string;
  /** Host names that requests may be addressed to, besides the local ones. */
  allowedHosts?: readonly string[];
}

export interface Gateway {
  /** Its address on this machine: `http://127.0.0.1:<port>`, unless it listens on one other address only. */
  endpoint: string;
  port: number;
  /** Until this is called every request waits. */
  serve(routes: Routes): void;
  /** Takes no more requests and cuts those under way. */
  stop(): Promise<void>;
}

/**
 * The one port in front of every emulated service, on 127.0.0.1 only unless another address is asked for. Throws
 * InvalidPortError, PortTakenError, CannotListenError.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { address = LOOPBACK, allowedHosts = [] } = options;
  const served = Promise.withResolvers<Dispatch>();
  let dispatch: Dispatch | undefined;
  // The client is the one to close an idle connection, and no timer is set for each answer.
  const server = createServer({ noDelay: true, keepAliveTimeout: 0 });
  const port = await listen(server, options.port, address);
  const host = reachableHost(address);
  const endpoint = `http://${host}:${port}`;
  const http2Door = openHttp2Door({ host: host.replace(/^\[|\]$/g, ''), port });
  const refusalOf = hostGuard(port, [host, ...allowedHosts]);
  const allowed = new Set(allowedHosts.map((name) => name.toLowerCase()));
  let domains: Routes['domains'];

  /** A name that the loop itself goes by is never a domain's. */
  function addressOf(host: string | undefined = '', path: string): ApiAddress | undefined {
    const hasDomain = domains?.();
    return apiAddressOf(host, path, hasDomain && ((name) => !allowed.has(name) && hasDomain(name)));
  }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // Of two host names another program may have looked at the other one (RFC 9112, 3.2).
    if (namesSeveralHosts(request))
      return send(response, jsonAnswer(400, { message: 'A request has one Host header.' }));
    // Until the routes are there, none but the loop's own names and its APIs' are let in.
    const guarded = guardedHeaders(request, addressOf);
    const message = guarded && refusalOf(guarded);
    const refusal = message === undefined ? undefined : jsonAnswer(403, { message });
    // A service may let pages of other sites in, but nothing lets in another host name.
    if (refusal && refusalOf({ host: guarded?.host }) !== undefined) return send(response, refusal);
    const fail = (error: unknown) => abandon(request, response, error);
    const answerBy = ({ answer, answerPage }: Dispatch) =>
      refusal ? answerPage(request, response, refusal, fail) : answer(request, response, fail);
    if (dispatch) answerBy(dispatch);
    else void served.promise.then(answerBy);
  });
  const shortCalls = takeShortCalls(
    server,
    (call, onGone) =>
      refusalOf(call.headers) === undefined ? dispatch?.answerShortCall(call, onGone) : undefined,
    (error) => complain('The gateway failed', error),
    http2Door,
  );

  return {
    endpoint,
    port,
    serve(routes) {
      ({ domains } = routes);
      dispatch = dispatcher(routes, endpoint, addressOf);
      served.resolve(dispatch);
    },
    stop() {
      http2Door.stop();
      shortCalls.stop();
      return close(server);
    },
  };
}

/**
 * An API is for whoever its own CORS lets in: at its own host, which no DNS name can be made to mean, at a domain that was declared
 * for it, and in its path at a local name. The AWS endpoints stay closed to pages of other sites, and to domains.
 */
function guardedHeaders(
  { headers, url = '/' }: IncomingMessage,
  addressOf: AddressOf,
): IncomingHttpHeaders | undefined {
  const { host } = headers;
  const address = addressOf(host, url.split('?', 1)[0] ?? url);
  if (!address) return headers;
  return address.isOwnHost ? undefined : { host };
}

/** Looks at the headers as they came: Node joins those of one name, and telling all of them apart costs as much as reading them. */
function namesSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

/** A request that broke off while it was read needs no answer; anything else is a fault of the gateway itself. */
function abandon(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!request.destroyed) complain('The gateway failed', error);
  response.destroy();
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
