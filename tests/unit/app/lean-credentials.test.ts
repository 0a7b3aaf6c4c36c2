import { fromEnv } from '@aws-sdk/credential-provider-env';
import { defaultProvider as wholeChain } from '@aws-sdk/credential-provider-node';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultProvider } from '../../../src/platform/lean/credentials.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'KEY', AWS_SECRET_ACCESS_KEY: 'secret' };
const OPTIONAL = {
  AWS_SESSION_TOKEN: 'token',
  AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00Z',
  AWS_CREDENTIAL_SCOPE: 'eu-west-1',
  AWS_ACCOUNT_ID: '123456789012',
};

function given(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

beforeEach(() => {
  for (const name of [...Object.keys(KEYS), ...Object.keys(OPTIONAL), 'AWS_PROFILE'])
    vi.stubEnv(name, undefined);
  return () => vi.unstubAllEnvs();
});

describe('the credentials of a function', () => {
  test.each<[string, Record<string, string>]>([
    ['a key alone', {}],
    ...Object.entries(OPTIONAL).map(([name, value]): [string, Record<string, string>] => [
      name,
      { [name]: value },
    ]),
    ['all there is', OPTIONAL],
    ['empty texts', { AWS_SESSION_TOKEN: '', AWS_ACCOUNT_ID: '' }],
  ])('are what the SDK takes from the environment: %s', async (_name, variables) => {
    given({ ...KEYS, ...variables });
    const credentials = await defaultProvider()();
    expect(credentials).toEqual(await fromEnv()());
    expect(credentials).toEqual(await wholeChain()());
    expect(credentials).toMatchObject({ accessKeyId: 'KEY', secretAccessKey: 'secret' });
  });

  test('are read anew each time, so that none is used for longer than it is there', async () => {
    const provider = defaultProvider();
    given(KEYS);
    await provider();
    given({ AWS_ACCESS_KEY_ID: 'KEY-2' });
    expect(await provider()).toMatchObject({ accessKeyId: 'KEY-2' });
  });

  test.each([
    [{}, 'AWS_ACCESS_KEY_ID'],
    [{ AWS_SECRET_ACCESS_KEY: 'secret' }, 'AWS_ACCESS_KEY_ID'],
    [{ AWS_ACCESS_KEY_ID: 'KEY' }, 'AWS_SECRET_ACCESS_KEY'],
    [{ AWS_ACCESS_KEY_ID: 'KEY', AWS_SECRET_ACCESS_KEY: '' }, 'AWS_SECRET_ACCESS_KEY'],
  ])('that are not there are missed by name: of %j, %s', async (variables, missed) => {
    given(variables);
    const message = new RegExp(
      `^Environment variable ${missed}: expected .*, the only credentials looked for, found nothing$`,
    );
    await expect(defaultProvider()()).rejects.toThrow(message);
  });
});
