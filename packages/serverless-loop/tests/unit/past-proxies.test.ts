import { expect, test } from 'vitest';
import { pastProxies, proxyExceptions } from '../../src/past-proxies.ts';

test('an environment without proxies stays as it is', () => {
  expect(pastProxies({ PATH: '/bin', HTTP_PROXY: '', NO_PROXY: 'a' }, ['127.0.0.1'])).toEqual({});
});

test.each(['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])(
  'where %s names one, hosts go past it in either spelling, beside those that did already',
  (name) => {
    const past = pastProxies({ [name]: 'http://proxy:3128', NO_PROXY: 'a, .b', no_proxy: 'c,a' }, [
      '127.0.0.1',
    ]);
    expect(past).toEqual({ NO_PROXY: 'c,a,.b,127.0.0.1', no_proxy: 'c,a,.b,127.0.0.1' });
  },
);

test.each([
  [{}, '127.0.0.1,localhost'],
  [{ NO_PROXY: '', no_proxy: '' }, '127.0.0.1,localhost'],
  [{ NO_PROXY: 'a.example, localhost', no_proxy: 'b.example' }, 'b.example,a.example,localhost,127.0.0.1'],
  // Alone it is for every host; in a list it would be for none.
  [{ NO_PROXY: '*' }, '*'],
])('to the exceptions %j hosts are added, in both spellings', (given, both) => {
  expect(proxyExceptions(given, ['127.0.0.1', 'localhost'])).toEqual({ NO_PROXY: both, no_proxy: both });
});
