import { Agent, request } from 'node:http';

export interface HttpAnswer {
  requestId: string;
  body: string;
}

/** Sends a signed-looking POST over connections that stay open, at the least cost: no SDK, no signature. */
export type HttpCall = (path: string, headers: Record<string, string>, body: string) => Promise<HttpAnswer>;

/** The service answered with an error. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly status: number | undefined;

  constructor(path: string, status: number | undefined, body: string) {
    super(`POST ${path} failed (${status}): ${body}`);
    this.status = status;
  }
}

/** Headers of a request that looks signed; nobody here checks more. */
export function signedHeaders(service: string): Record<string, string> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    'x-amz-date': '20260101T000000Z',
  };
}

export function httpCaller(endpoint: string, service: string): HttpCall {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(endpoint);
  const signed = signedHeaders(service);
  return (path, headers, body) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          hostname,
          port,
          path,
          method: 'POST',
          headers: {
            ...headers,
            ...signed,
            'content-length': Buffer.byteLength(body),
          },
        },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8');
          incoming.on('data', (chunk) => {
            text += chunk;
          });
          incoming.on('end', () => {
            const failed = incoming.statusCode !== 200 || 'x-amz-function-error' in incoming.headers;
            if (failed) return reject(new CallError(path, incoming.statusCode, text));
            resolve({ requestId: String(incoming.headers['x-amzn-requestid'] ?? ''), body: text });
          });
          incoming.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}
