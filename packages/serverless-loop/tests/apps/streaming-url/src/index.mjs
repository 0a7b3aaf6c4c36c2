import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const { HttpResponseStream, streamifyResponse } = awslambda;

export const handler = streamifyResponse(async ({ rawPath, queryStringParameters }, stream) => {
  if (rawPath === '/fails') throw new RangeError('before the first part');
  if (rawPath === '/plain') return void stream.end('no head');
  const out = HttpResponseStream.from(stream, {
    statusCode: rawPath === '/wrong' ? 'none' : 201,
    headers: { 'content-type': 'text/plain', 'x-path': rawPath },
    cookies: ['seen=1'],
  });
  out.write('one ');
  const { until } = queryStringParameters ?? {};
  while (until && !existsSync(until)) await pause(10);
  if (rawPath === '/breaks') throw new RangeError('after the first part');
  out.write('two ');
  out.end('three');
});

export const whole = async () => ({ open: false });
