import { formatTraceHeader, newTraceId } from '../../../aws/trace-header.ts';
import type { ApiRequest } from './api-request.ts';

/** Between the caller and API Gateway alone. */
const NOT_HANDED_ON = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'expect',
  'proxy-connection',
]);

/** The headers as a function finds them: with who called, by which way, and in which trace. */
export function forwardedHeaders(request: ApiRequest): [string, string][] {
  const given = request.headers.filter(([name]) => !NOT_HANDED_ON.has(name.toLowerCase()));
  const isGiven = (name: string) => given.some(([each]) => each.toLowerCase() === name);
  const before = given.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  const own: [string, string][] = [
    ['X-Forwarded-For', [...before, request.sourceIp].join(', ')],
    ['X-Forwarded-Port', String(request.port)],
    ['X-Forwarded-Proto', 'http'],
  ];
  if (!isGiven('x-amzn-trace-id'))
    own.push(['X-Amzn-Trace-Id', formatTraceHeader({ root: newTraceId(request.atMs), others: [] })]);
  // A body that came in chunks has a length once it is here.
  if (!isGiven('content-length') && request.body.length > 0)
    own.push(['Content-Length', String(request.body.length)]);
  const replaced = new Set(own.map(([name]) => name.toLowerCase()));
  return [
    ...given
      .filter(([name]) => !replaced.has(name.toLowerCase()))
      .map(([name, value]): [string, string] => [name, value]),
    ...own,
  ];
}
