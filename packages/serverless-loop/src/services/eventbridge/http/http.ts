import type { Sender, ServiceMessage } from '../../../aws/delivery.ts';
import { once } from '../../../aws/once.ts';
import type { CallByConnection } from '../../../connection-call.ts';
import type { EventBridge, EventBridgeOptions } from '../eventbridge-options.ts';
import { type ApiDestinations, createApiDestinations } from './api-destinations.ts';
import { type Connection, type Connections, createConnections } from './connections.ts';

/** API destinations with their connections. */
export interface Http {
  connections: Connections;
  apiDestinations: ApiDestinations;
  /** Asks for the token of a connection that needs one. */
  authorizeSoon(connection: Connection): void;
  /** Rejects with DeliveryError or AwsError. */
  call(arn: string, message: Pick<ServiceMessage, 'body' | 'http'>, sender: Sender): Promise<string>;
  callByConnection: CallByConnection;
  /** For stacks. */
  held: {
    connections: Omit<EventBridge['connections'], 'call'>;
    apiDestinations: Omit<EventBridge['apiDestinations'], 'call'>;
  };
}

type HttpOptions = Pick<
  EventBridgeOptions,
  'connections' | 'apiDestinations' | 'secrets' | 'callableHosts' | 'clock' | 'wallClock' | 'authorizeRole'
> & { signal(): AbortSignal };

export function isApiDestination(arn: string): boolean {
  return arn.includes(':api-destination/');
}

export function startHttp(options: HttpOptions): Http {
  const { wallClock, secrets } = options;
  const { now } = wallClock;
  const connections = createConnections({ connections: options.connections, now, secrets });
  const apiDestinations = createApiDestinations(options.apiDestinations, now);
  const caller = once(async () => {
    const { createCaller } = await import('./caller.ts');
    return createCaller({ ...options, connections, apiDestinations, now });
  });

  function authorizeSoon(connection: Connection): void {
    if (connection.state !== 'AUTHORIZING') return;
    // The connection's state says what came of it.
    void caller()
      .then(({ tokens }) => tokens.tokenOf(connection))
      .catch(() => {});
  }

  for (const connection of connections.list()) authorizeSoon(connection);

  return {
    connections,
    apiDestinations,
    authorizeSoon,
    call: async (...given) => (await caller()).call(...given),
    callByConnection: async (call) => (await caller()).callByConnection(call),
    held: {
      connections: {
        has: (name) => connections.find(name) !== undefined,
        put: (model) => authorizeSoon(connections.put(model)),
        remove: connections.remove,
      },
      apiDestinations: {
        has: (name) => apiDestinations.find(name) !== undefined,
        put: (model) => void apiDestinations.put(model),
        remove: apiDestinations.remove,
      },
    },
  };
}
