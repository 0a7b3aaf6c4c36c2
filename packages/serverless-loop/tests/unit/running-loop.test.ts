import { expect, test } from 'vitest';
import { loopEndpoint } from '../../src/cli/running-loop.ts';
import { UsageError } from '../../src/usage-error.ts';

test.each([
  'localhost:4580',
  '127.0.0.1:4580',
  'ftp://127.0.0.1',
  'http://',
  'http:127.0.0.1',
  ' ',
  '',
  '::1',
])('the endpoint "%s" is refused by the name of its option', (endpoint) => {
  expect(() => loopEndpoint(endpoint)).toThrow(UsageError);
  expect(() => loopEndpoint(endpoint)).toThrow(`--endpoint: expected a URL such as http://127.0.0.1:4580`);
});

test.each([
  ['http://127.0.0.1:4580/', 'http://127.0.0.1:4580'],
  ['HTTP://localhost:4580', 'http://localhost:4580'],
  ['http://[::1]:4580/x?y', 'http://[::1]:4580'],
])('%s is an endpoint, without what follows the port', (given, endpoint) => {
  expect(loopEndpoint(given)).toBe(endpoint);
});
