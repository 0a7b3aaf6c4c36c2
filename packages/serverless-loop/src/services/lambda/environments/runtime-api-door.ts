import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { hostGuard } from '../../../host-guard.ts';

/** Lets only the process of one execution environment, and what it starts, into its Runtime API. */
export interface RuntimeApiDoor {
  /** The value of AWS_LAMBDA_RUNTIME_API. */
  address: string;
  /** In that address, and nowhere else. */
  secret: string;
  /** The path as the Runtime API has it; undefined for who doesn't know the way, or comes from a web page. */
  pathOf(request: IncomingMessage): string | undefined;
}

/**
 * On AWS nobody else is in the environment. Here any program of this machine reaches the port, another user's as well, and
 * a page by rebinding its DNS name: who takes an invocation there has its event, and answers in the function's place. So
 * each environment has a secret at the head of its path. Clients that put `http://` before the variable and the call's path
 * behind it find the way, as in the Lambda guide's "Tutorial: Building a custom runtime": AWS's for Go (runtime_api_client.go
 * of aws/aws-lambda-go), Java, .NET and C++ do so. Python's (aws/aws-lambda-python-runtime-interface-client) takes the one for
 * C++, but for the report of a failed initialisation, which takes all that is behind the colon for the port, and so fails. So
 * would the one for Node.js as a whole (network.ts of aws/aws-lambda-nodejs-runtime-interface-client), and the one for Rust, to
 * which an address with a path and without a scheme is no URI. Here functions are in Node.js and run with the loop's own.
 */
export function runtimeApiDoor(port: number): RuntimeApiDoor {
  const secret = randomBytes(24).toString('base64url');
  const prefix = Buffer.from(`/${secret}`);
  const refusalOf = hostGuard(port);

  return {
    address: `127.0.0.1:${port}/${secret}`,
    secret,
    pathOf({ url = '', headers }) {
      if (refusalOf(headers) !== undefined) return undefined;
      const head = Buffer.from(url.slice(0, prefix.length));
      if (head.length !== prefix.length || !timingSafeEqual(head, prefix)) return undefined;
      return url.slice(prefix.length);
    },
  };
}
