// In the bundles this takes the place of @aws-sdk/credential-provider-node (template.yaml, Alias), whose chain looks in
// the environment first and then in profiles, SSO, web identity, processes and metadata services: a third of the
// SDK's bytes. Lambda puts a function's credentials into its environment and nowhere else (Lambda developer guide,
// "Defined runtime environment variables"), and so do `sam local` and the loop.

import { fromEnv } from '@aws-sdk/credential-provider-env';
import { BadVariable } from '../config.ts';

const NEEDED = {
  AWS_ACCESS_KEY_ID: 'the id of an access key',
  AWS_SECRET_ACCESS_KEY: 'the secret of an access key',
};

/**
 * The SDK's own environment provider, with session token, expiration and account id. It rejects with BadVariable where
 * there is no key: nothing else is asked for credentials.
 */
export function defaultProvider(init?: Parameters<typeof fromEnv>[0]): ReturnType<typeof fromEnv> {
  const credentials = fromEnv(init);
  return async () => {
    for (const [key, expected] of Object.entries(NEEDED)) {
      if (!process.env[key])
        throw new BadVariable(key, `${expected}, the only credentials looked for`, undefined);
    }
    return credentials();
  };
}
