import https from 'node:https';
import type { ApiModel } from '../../../aws/api-model.ts';
import { request as httpRequest } from '../../../http.ts';
import { isCallable } from '../../../http-call.ts';
import { Refusal } from '../requests/refusal.ts';

/** A request to a backend. */
export interface BackendRequest {
  url: URL;
  method: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  timeoutMs: number;
}

export interface BackendAnswer {
  status: number;
  /** As they were written; one may come several times. */
  headers: [name: string, value: string][];
  body: Buffer;
}

/** "Payload size: 10 MB" (API Gateway guide, "Quotas for configuring and running a REST API"). */
const MAX_BODY_BYTES = 10_485_760;

/** Calls a backend of this machine, or one that `--call-host` names. Rejects with a Refusal. */
export function callBackend(
  request: BackendRequest,
  callableHosts: readonly string[],
  protocol: ApiModel['protocol'],
): Promise<BackendAnswer> {
  const { url, method, body, timeoutMs } = request;
  if (!isCallable(url, callableHosts))
    throw new Refusal(
      'API_CONFIGURATION_ERROR',
      undefined,
      `The loop calls nobody but this machine; --call-host ${url.hostname} lets it call that host`,
    );
  const { promise, resolve, reject } = Promise.withResolvers<BackendAnswer>();
  const send = url.protocol === 'https:' ? https.request : httpRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  const sent = send(url, { method, headers: headersOf(request), signal }, (answer) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > MAX_BODY_BYTES) answer.destroy(new Error('the answer has more than 10 MB'));
    });
    answer.on('error', fail);
    answer.on('end', () =>
      resolve({
        status: answer.statusCode ?? 0,
        headers: pairsOf(answer.rawHeaders),
        body: Buffer.concat(chunks),
      }),
    );
  });
  // A REST API says so of a backend that it can't reach, in an answer of 504.
  function fail(error: Error): void {
    const told =
      protocol === 'REST' && !signal.aborted ? 'Network error communicating with endpoint' : undefined;
    const cause = signal.aborted ? `no answer within ${timeoutMs} ms` : `${url.origin}: ${error.message}`;
    reject(new Refusal('INTEGRATION_TIMEOUT', told, cause));
  }
  sent.on('error', fail);
  sent.end(body);
  return promise;
}

/** In one list, a name as often as it comes: with Content-Length of its own, and the endpoint's Host where no mapping says another. */
function headersOf({ url, headers, body, method }: BackendRequest): string[] {
  const given = headers.filter(([name]) => !/^(host|content-length|connection)$/i.test(name));
  const [, host = url.host] = headers.findLast(([name]) => name.toLowerCase() === 'host') ?? [];
  const hasBody = body.length > 0 || !/^(GET|HEAD|DELETE|OPTIONS)$/.test(method);
  return [
    ...given.flat(),
    'Host',
    host,
    ...(hasBody ? ['Content-Length', String(body.length)] : []),
    'Connection',
    'close',
  ];
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [],
  );
}
