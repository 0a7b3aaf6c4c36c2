import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflated, MAX_BODY_BYTES } from '../../../local/gateway/body.ts';

test('a compressed body is read as what it was', () => {
  expect(String(inflated(gzipSync('{"box":7}'), 'gzip'))).toBe('{"box":7}');
});

test('a body that is small until it is unpacked is too large', () => {
  expect(inflated(gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1)), 'gzip')).toBe('too large');
});

test('what is not compressed, or not as it says, is left as it is', () => {
  const body = Buffer.from('{"box":7}');
  expect(inflated(body, undefined)).toBe(body);
  expect(inflated(body, 'gzip')).toBe(body);
  expect(inflated('too large', 'gzip')).toBe('too large');
});
