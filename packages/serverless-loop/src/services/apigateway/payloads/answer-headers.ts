import type { ApiAnswer } from '../requests/api-request.ts';

/** Headers between two ends of a connection alone. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Headers of a backend that come under another name (API Gateway guide, "Amazon API Gateway important notes"; LocalStack's
 * records, tests/aws/services/apigateway/test_apigateway_http.snapshot.json and test_apigateway_integrations.snapshot.json).
 */
const REMAPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'date',
  'server',
  'trailer',
  'upgrade',
  'www-authenticate',
  'x-amzn-requestid',
]);

/** A function URL renames the length that a function gives (as seen on AWS: cargo-lambda, issue 862). */
const REMAPPED_OF_URL = new Set(['connection', 'content-length', 'date']);
const DROPPED = new Set([...HOP_BY_HOP, 'content-length', 'date', 'trailer']);

/**
 * An integration's answer with headers that can't contradict how it is sent: its length, its coding and its connection are the
 * API's own, whatever the integration says of them.
 */
export function withOwnFraming(answer: ApiAnswer, protocol: 'HTTP' | 'REST' | 'URL'): ApiAnswer {
  const remapped = protocol === 'REST' ? REMAPPED : protocol === 'URL' ? REMAPPED_OF_URL : undefined;
  const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string | string[]][] => {
    const lower = name.toLowerCase();
    if (remapped?.has(lower)) return [[`x-amzn-Remapped-${name}`, value]];
    return DROPPED.has(lower) ? [] : [[name, value]];
  });
  return { ...answer, headers: Object.fromEntries(headers) };
}
