import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { hostGuard } from '../../../host-guard.ts';
import { isSameUser } from './same-user.ts';

/** Lets only the process of one execution environment, and what it starts, into its Runtime API. */
export interface RuntimeApiDoor {
  /** The value of AWS_LAMBDA_RUNTIME_API. */
  address: string;
  /** In that address, where clients take one with a path. */
  secret: string;
  /** The path as the Runtime API has it; undefined for who doesn't know the way, or comes from a web page. */
  pathOf(request: IncomingMessage): string | undefined;
}

/**
 * On AWS nobody else is in the environment. Here any program of this machine reaches the port, another user's as well, and
 * a page by rebinding its DNS name: who takes an invocation there has its event, and answers in the function's place. So
 * each environment of the loop's own runtime has a secret at the head of its path. Clients that put `http://` before the
 * variable and the call's path behind it find the way, as in the Lambda guide's "Tutorial: Building a custom runtime". AWS's
 * for Python (aws/aws-lambda-python-runtime-interface-client) doesn't when it reports a failed initialisation: it takes all
 * that is behind the colon for the port; nor does the one for Rust (awslabs/aws-lambda-rust-runtime), to which an address
 * with a path and without a scheme is no URI. For these the address is a port of its own, and callers are looked at: pages are
 * refused, and on Linux other users.
 */
export function runtimeApiDoor(port: number, takesPath = true): RuntimeApiDoor {
  const secret = randomBytes(24).toString('base64url');
  const prefix = Buffer.from(`/${secret}`);
  const refusalOf = hostGuard(port);

  return {
    address: takesPath ? `127.0.0.1:${port}/${secret}` : `127.0.0.1:${port}`,
    secret,
    pathOf({ url = '', headers, socket }) {
      if (refusalOf(headers) !== undefined) return undefined;
      if (!takesPath) return isSameUser(socket) ? url : undefined;
      const head = Buffer.from(url.slice(0, prefix.length));
      if (head.length !== prefix.length || !timingSafeEqual(head, prefix)) return undefined;
      return url.slice(prefix.length);
    },
  };
}
