import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflated, MAX_BODY_BYTES } from '../../../src/gateway/body.ts';

test('a compressed body is read as what it was', async () => {
  expect(String(await inflated(gzipSync('{"box":7}'), 'gzip'))).toBe('{"box":7}');
  expect(String(await inflated(deflateSync('{"box":7}'), 'deflate'))).toBe('{"box":7}');
});

test('a body that is small until it is unpacked is too large', async () => {
  expect(await inflated(gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1)), 'gzip')).toBe('too large');
});

test('what is not compressed, or not as it says, is left as it is', async () => {
  const body = Buffer.from('{"box":7}');
  expect(await inflated(body, undefined)).toBe(body);
  expect(await inflated(body, 'gzip')).toBe(body);
  expect(await inflated('too large', 'gzip')).toBe('too large');
});
