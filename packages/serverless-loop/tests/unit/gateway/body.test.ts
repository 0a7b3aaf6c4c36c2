import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflated, MAX_BODY_BYTES } from '../../../src/gateway/body.ts';

test('a compressed body is read as what it was', async () => {
  expect(String((await inflated(gzipSync('{"box":7}'), 'gzip')).body)).toBe('{"box":7}');
  expect(String((await inflated(deflateSync('{"box":7}'), 'deflate')).body)).toBe('{"box":7}');
});

test('a body that is small until it is unpacked is too large', async () => {
  expect(await inflated(gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1)), 'gzip')).toEqual({ body: 'too large' });
});

test('what is not compressed, or not as it says, is left as it is', async () => {
  const body = Buffer.from('{"box":7}');
  expect(await inflated(body, undefined)).toEqual({ body });
  expect(await inflated(body, 'gzip')).toEqual({ body, isStillEncoded: true });
  expect(await inflated('too large', 'gzip')).toEqual({ body: 'too large' });
});
