import { expect, test } from 'vitest';
import { reachableHost } from '../../../src/gateway/listening.ts';

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['172.17.0.1', '172.17.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['::1', '[::1]'],
])('what listens on %s is reached at %s', (address, host) => {
  expect(reachableHost(address)).toBe(host);
});
