import { existsSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

const HEAD = {
  statusCode: 201,
  headers: { 'Content-Type': 'text/html', 'x-kind': 'snack' },
  cookies: ['a=1', 'b=2'],
};

const WAYS = {
  async page(stream, { waitsFor, ended }) {
    const page = awslambda.HttpResponseStream.from(stream, HEAD);
    page.write('first ');
    while (waitsFor && !existsSync(waitsFor)) await pause(10);
    page.end('last');
    if (ended) writeFileSync(ended, '');
  },
  async bare(stream) {
    stream.setContentType('text/plain');
    stream.end('bare');
  },
  async untyped(stream) {
    stream.end('untyped');
  },
  async failsAtOnce() {
    throw new RangeError('at once');
  },
  async failsLater(stream) {
    awslambda.HttpResponseStream.from(stream, HEAD).write('first ');
    throw new RangeError('later');
  },
  async wrongStatus(stream) {
    awslambda.HttpResponseStream.from(stream, { statusCode: 'soon' }).end('?');
  },
  async large(stream, { MB }) {
    const part = Buffer.alloc(1024 * 1024, 'x');
    await pipeline(Readable.from(Array(Number(MB)).fill(part)), stream);
  },
};

export const streaming = awslambda.streamifyResponse(async ({ queryStringParameters, MB }, stream) => {
  const given = queryStringParameters ?? { way: 'large', MB };
  await WAYS[given.way](stream, given);
});

export const whole = async () => ({ statusCode: 201, body: 'whole' });
