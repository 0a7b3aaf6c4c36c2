import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { CannotListenError, InvalidPortError, PortTakenError } from './port-errors.ts';

export const LOOPBACK = '127.0.0.1';

/** These mean every address of the machine, loopback among them. */
const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/**
 * Listens on an IP address and a port, 0 for any free one. Resolves to the port. Throws InvalidPortError, PortTakenError,
 * CannotListenError.
 */
export function listen(server: Server, port: number, address: string): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return Promise.reject(new InvalidPortError(port));
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const Refusal = cause.code === 'EADDRINUSE' ? PortTakenError : CannotListenError;
      reject(new Refusal(port, address, { cause }));
    });
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound ? bound.port : port);
    });
  });
}

/** The host part of a URL at which this machine reaches a server that listens on the address. */
export function reachableHost(address: string): string {
  if (EVERY_ADDRESS.has(address)) return LOOPBACK;
  return isIPv6(address) ? `[${address}]` : address;
}
