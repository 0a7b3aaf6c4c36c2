import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLoop } from '../../loop-in-process.ts';

let running: Awaited<ReturnType<typeof runLoop>>;
beforeAll(async () => {
  running = await runLoop('template.yaml', { isEmpty: true, acceptsUnsigned: true, allowedHosts: ['depot'] });
});
afterAll(() => running?.stop());

interface Asked {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Not by fetch, which sets Host and Sec-Fetch-Site itself. */
async function ask({ method, path, headers = {}, body = '' }: Asked) {
  const sent = request(`${running.loop.endpoint}${path}`, { method, headers }).end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

const token = () => ({ 'X-Loop-Token': running.loop.token });
const JSON_BODY = { 'Content-Type': 'application/json' };

/** The parts of the port, each by a request that is answered where nothing of it is hostile. */
const PARTS: [string, () => Asked][] = [
  ['the console', () => ({ method: 'GET', path: '/_loop/' })],
  ['its API, to read', () => ({ method: 'GET', path: '/_loop/facts' })],
  [
    'its API, to change',
    () => ({ method: 'POST', path: '/_loop/reset', headers: { ...token(), ...JSON_BODY }, body: '{}' }),
  ],
  [
    'the MCP server',
    () => ({
      method: 'POST',
      path: '/_loop/mcp',
      headers: { ...JSON_BODY, Accept: 'application/json, text/event-stream' },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    }),
  ],
  [
    'the AWS endpoint',
    () => ({
      method: 'POST',
      path: '/',
      headers: { 'X-Amz-Target': 'AmazonSQS.ListQueues', 'Content-Type': 'application/x-amz-json-1.0' },
      body: '{}',
    }),
  ],
];

/** Fetch Metadata, 2.3, and the Fetch standard's "Origin" header: a sandboxed frame and a file have the origin `null`. */
const HOSTILE: [string, Record<string, string>][] = [
  ['of another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
  ['with the origin null', { Origin: 'null' }],
  ['of another port of this machine', { Origin: 'http://127.0.0.1:1', 'Sec-Fetch-Site': 'same-site' }],
  ['of this port by https', { Origin: 'https://127.0.0.1' }],
  ['that has rebound its name to 127.0.0.1', { Host: 'evil.example', Origin: 'http://evil.example' }],
  ['that has rebound a name that ends like a local one', { Host: 'evil.localhost.example' }],
  ['by an image, a link or a script of its own', { 'Sec-Fetch-Site': 'cross-site' }],
];

describe.each(PARTS)('%s', (_part, made) => {
  test('answers who asks by a local name, a name that was allowed, or from its own page', async () => {
    const { host } = new URL(running.loop.endpoint);
    const { port } = new URL(running.loop.endpoint);
    for (const headers of [
      {},
      { Host: `depot:${port}` },
      { Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' },
    ]) {
      const asked = made();
      const { status } = await ask({ ...asked, headers: { ...asked.headers, ...headers } });
      // A console that was not built says so.
      expect(asked.path === '/_loop/' ? [200, 503] : [200]).toContain(status);
    }
  });

  test.each(HOSTILE)('refuses a page %s', async (_whose, headers) => {
    const asked = made();
    const { status, headers: answered } = await ask({
      ...asked,
      headers: { ...asked.headers, ...headers },
    });
    expect(status).toBe(403);
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

/** A page of any site may send these without asking first (Fetch, "CORS-safelisted request-header", Content-Type). */
test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
  'a body of type "%s" changes nothing, even from the own page and with the token',
  async (type) => {
    const headers = { ...token(), ...(type !== '' && { 'Content-Type': type }) };
    expect((await ask({ method: 'POST', path: '/_loop/reset', headers, body: '{}' })).status).toBe(415);
  },
);

test('no preflight is answered with leave', async () => {
  const { status, headers } = await ask({
    method: 'OPTIONS',
    path: '/_loop/reset',
    headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
  });
  expect(status).toBe(403);
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('the console is served with a policy that lets no other script run, and its address without a slash leads to it', async () => {
  const { headers } = await ask({ method: 'GET', path: '/_loop/' });
  expect(headers['content-security-policy']).toContain("script-src 'self';");
  expect(await ask({ method: 'GET', path: '/_loop' })).toMatchObject({
    status: 308,
    headers: { location: '/_loop/' },
  });
});

test('a path beside the page’s files is not there', async () => {
  for (const path of ['/_loop/../package.json', '/_loop/%2e%2e/manifest.json', '/_loop/nothing.js'])
    expect((await ask({ method: 'GET', path })).status).toBe(404);
});

test('the address that the start prints has the token where no request takes it along', () => {
  const { origin, pathname, hash, search } = new URL(running.loop.consoleUrl);
  expect({ origin, pathname, hash, search }).toEqual({
    origin: running.loop.endpoint,
    pathname: '/_loop/',
    hash: `#token=${running.loop.token}`,
    search: '',
  });
});
