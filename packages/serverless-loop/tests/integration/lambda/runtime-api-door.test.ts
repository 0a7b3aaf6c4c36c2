import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { folderFunction, forAllTests, testLambda } from './test-lambda.ts';

const NEXT = '/2018-06-01/runtime/invocation/next';

/** A function that tells where its Runtime API is, and what that answers to itself. */
const SOURCE = `exports.handler = async () => {
  const address = process.env.AWS_LAMBDA_RUNTIME_API;
  const url = 'http://' + address + '/2018-06-01/runtime/nothing';
  return { address, status: (await fetch(url)).status };
};`;

async function runtimeApi(lambda: Awaited<ReturnType<typeof testLambda>>, functionName: string) {
  const { answer } = await lambda.call({}, { functionName });
  const { address, status }: Record<string, unknown> = Object(answer);
  const { origin: endpoint, pathname: secret } = new URL(`http://${address}`);
  return { answer, endpoint, secret, status };
}

/** The status of the answer, or `taken` when there is none yet: then the caller waits for the next invocation. */
function get(endpoint: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<number | 'taken'>((resolve, reject) => {
    const asked = request(`${endpoint}${path}`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject).end();
    setTimeout(() => {
      resolve('taken');
      asked.destroy();
    }, 2_000);
  });
}

describe('the Runtime API of an execution environment', () => {
  const running = forAllTests((atEnd) =>
    testLambda(
      ['packer', 'other'].map((name) => folderFunction(SOURCE, { name, logicalId: name }, atEnd)),
      {},
      atEnd,
    ),
  );
  const packer = () => runtimeApi(running(), 'packer');

  it('is found by what puts http:// before AWS_LAMBDA_RUNTIME_API and its path behind it', async () => {
    expect((await packer()).status).toBe(404);
  });

  it.each([
    ['without the secret', () => ''],
    ['with a secret of the same length', (secret: string) => `/${'x'.repeat(secret.length - 1)}`],
    ['with the beginning of the secret', (secret: string) => secret.slice(0, -1)],
    ['with a longer secret', (secret: string) => `${secret}x`],
  ])('gives no invocation to who comes %s', async (_how, pathOf) => {
    const { endpoint, secret, answer } = await packer();
    expect([403, 404]).toContain(await get(endpoint, `${pathOf(secret)}${NEXT}`));
    expect((await running().call()).answer).toEqual(answer);
  });

  it.each([
    ['by a name that was rebound to this machine', { host: 'page.example:80' }],
    ['from a page of another site', { origin: 'https://page.example' }],
  ])('gives none to who knows the secret and comes %s', async (_how, headers) => {
    const { endpoint, secret, answer } = await packer();
    expect(await get(endpoint, `${secret}${NEXT}`, headers)).toBe(403);
    expect((await running().call()).answer).toEqual(answer);
  });

  it('has another secret for each environment', async () => {
    const [one, other] = await Promise.all([packer(), runtimeApi(running(), 'other')]);
    expect(one.secret).not.toBe(other.secret);
  });
});
