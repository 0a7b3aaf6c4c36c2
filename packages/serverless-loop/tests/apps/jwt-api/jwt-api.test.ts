import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../loop-in-process.ts';
import { startCommand } from '../../loop-process.ts';

const ISSUER = 'https://accounts.example.com';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

function token(claims: Record<string, unknown>): string {
  const exp = Math.floor(Date.now() / 1_000) + 600;
  const signed = `${encoded({ alg: 'RS256', kid: 'k' })}.${encoded({ iss: ISSUER, exp, ...claims })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

// API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers".
test('an HTTP API lets in who has a token of its issuer, by keys from a file', async () => {
  const keys = path.join(projectFolder({}), 'keys.json');
  writeFileSync(keys, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k' }] }));
  const loop = await startCommand(['start', '--port', '0', '--no-watch', '--jwks', `${ISSUER}=${keys}`], {
    cwd: import.meta.dirname,
  });
  onTestFinished(async () => void (await loop.stop()));
  const stack = await fetch(`${loop.endpoint}/_aws/execute-api/${apiIdOf(loop.facts)}/open`);
  expect(await stack.json()).toEqual({ sub: 'nobody' });
  const ask = async (authorization?: string) => {
    const url = `${loop.endpoint}/_aws/execute-api/${apiIdOf(loop.facts)}/me`;
    const answer = await fetch(url, { headers: authorization ? { authorization } : {} });
    return [answer.status, await answer.json()];
  };
  expect(await ask(`Bearer ${token({ sub: 'ada', aud: 'shop' })}`)).toEqual([200, { sub: 'ada' }]);
  expect(await ask(`Bearer ${token({ sub: 'ada', aud: 'elsewhere' })}`)).toEqual([
    401,
    { message: 'Unauthorized' },
  ]);
  expect(await ask()).toEqual([401, { message: 'Unauthorized' }]);
});

function apiIdOf(facts: Record<string, unknown>[]): string {
  const text = JSON.stringify(facts.find(({ kind }) => kind === 'stack'));
  return /"logicalId":"Front",[^{}]*"physicalId":"(\w+)"/.exec(text)?.[1] ?? '';
}
