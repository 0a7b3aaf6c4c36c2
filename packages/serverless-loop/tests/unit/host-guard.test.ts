import { describe, expect, test } from 'vitest';
import { hostGuard } from '../../src/host-guard.ts';

const refusalOf = hostGuard(4566);

describe('a host', () => {
  test.each(['127.0.0.1:4566', 'localhost:4566', 'LocalHost:4566', '[::1]:4566'])('%s may pass', (host) => {
    expect(refusalOf({ host })).toBeUndefined();
  });

  test.each([
    'evil.example:4566',
    '127.0.0.1',
    '127.0.0.1:80',
    'localhost.evil.example:4566',
    '192.168.1.2:4566',
    '',
  ])('%j is refused', (host) => {
    expect(refusalOf({ host })).toContain(`not to the host "${host}"`);
  });

  test('is needed', () => {
    expect(refusalOf({})).toContain('not to the host ""');
  });

  test('that was allowed by name may pass, with the own port only', () => {
    const allowing = hostGuard(4566, ['Depot', '10.0.0.7']);
    for (const host of ['depot:4566', 'DEPOT:4566', '10.0.0.7:4566', 'localhost:4566']) {
      expect(allowing({ host }), host).toBeUndefined();
    }
    for (const host of ['depot', 'depot:80', 'depot.example:4566', '10.0.0.8:4566']) {
      expect(allowing({ host }), host).toContain(`not to the host "${host}"`);
    }
  });

  test('needs no port on port 80', () => {
    expect(hostGuard(80)({ host: 'localhost' })).toBeUndefined();
  });
});

describe('an origin', () => {
  const host = 'localhost:4566';

  test.each(['http://localhost:4566', 'http://127.0.0.1:4566'])('%s may pass', (origin) => {
    expect(refusalOf({ host, origin })).toBeUndefined();
  });

  test.each(['https://evil.example', 'http://localhost:3000', 'https://localhost:4566', 'null'])(
    '%s is refused',
    (origin) => {
      expect(refusalOf({ host, origin })).toContain(`pages of another site (${origin})`);
    },
  );
});

/** W3C, "Fetch Metadata Request Headers", 2.3: cross-site, same-origin, same-site or none. */
describe('a request without an Origin, as an image or a link sends it,', () => {
  const host = 'localhost:4566';

  test.each(['none', 'same-origin'])('may pass from site "%s"', (site) => {
    expect(refusalOf({ host, 'sec-fetch-site': site })).toBeUndefined();
  });

  test.each(['cross-site', 'same-site', 'none, cross-site', ''])('is refused from site "%s"', (site) => {
    expect(refusalOf({ host, 'sec-fetch-site': site })).toContain(
      `pages of another site (Sec-Fetch-Site: ${site})`,
    );
  });

  test('may come from another site with an Origin of this port: another local name is another site', () => {
    const headers = { host, origin: 'http://127.0.0.1:4566', 'sec-fetch-site': 'cross-site' };
    expect(refusalOf(headers)).toBeUndefined();
  });
});
