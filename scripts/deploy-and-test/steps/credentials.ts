import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Place } from '../place.ts';
import { type Step, StepFailure } from '../step.ts';

export interface Identity {
  account: string;
  arn: string;
}

/** The caller's identity at AWS, and its place. */
export function credentials(place: Place): { step: Step; identity(): Identity } {
  let known: Identity | undefined;
  const identity = () => {
    if (known) return known;
    throw new StepFailure('AWS did not say who this is');
  };
  return {
    identity,
    step: {
      id: 'credentials',
      title: 'Credentials',
      failure: 'credentials',
      limitMs: 60_000,
      async start({ signal }) {
        const client = new STSClient({ ...place.client(), maxAttempts: 2 });
        try {
          const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}), {
            abortSignal: signal,
          });
          known = { account: Account, arn: Arn };
        } catch (cause) {
          signal.throwIfAborted();
          throw new StepFailure(adviceFor(cause), { cause });
        } finally {
          client.destroy();
        }
      },
      check: async () => `account ${identity().account}, ${place.region}, as ${identity().arn}`,
    },
  };
}

/** The errors of a sign-in that has ended, of keys that nobody knows, and of none at all, each with what to do. */
function adviceFor(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const said = `${name}: ${message}`;
  if (/expired/i.test(said))
    return `${said}\nThe sign-in has ended: sign in again (aws sso login), or renew the keys.`;
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure/.test(name))
    return `${said}\nAWS doesn't take these keys: look at AWS_PROFILE, AWS_ACCESS_KEY_ID and ~/.aws/credentials.`;
  if (name === 'CredentialsProviderError' || /credential/i.test(message))
    return `${said}\nThere are no credentials: set AWS_PROFILE, or sign in (aws configure, aws sso login).`;
  return `${said}\nIs the Region right, and the network there?`;
}
