import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

const checked = new WeakMap<Socket, boolean>();

/**
 * Tells whether the program at the other end of a connection on this machine is this user's, or root's. Only Linux says whose it is
 * (proc_net_tcp(5)); elsewhere every one passes.
 */
export function isSameUser(socket: Socket): boolean {
  const known = checked.get(socket);
  if (known !== undefined) return known;
  const uid = uidOf(socket.remotePort ?? 0, socket.localPort ?? 0);
  const isSame = uid === undefined || uid === 0 || uid === process.getuid?.();
  checked.set(socket, isSame);
  return isSame;
}

/** Of the socket that is bound to the one port and connected to the other. */
function uidOf(port: number, peerPort: number): number | undefined {
  const ends = [port, peerPort].map((end) => `:${end.toString(16).toUpperCase().padStart(4, '0')}`);
  try {
    for (const line of readFileSync('/proc/net/tcp', 'latin1').split('\n')) {
      const [, local = '', remote = '', , , , , uid] = line.trim().split(/\s+/);
      if (local.endsWith(ends[0] ?? '') && remote.endsWith(ends[1] ?? '')) return Number(uid);
    }
  } catch {
    // No Linux.
  }
  return undefined;
}
