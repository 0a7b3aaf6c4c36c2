import process from 'node:process';
import { UsageError } from '../usage-error.ts';

/** The part of an SDK client that tells its settings. */
interface Configured {
  config: { region(): Promise<string>; credentials(): Promise<unknown> };
}

/** Asks the AWS SDK for its Region and credentials, wherever it has them from, before anything is done with them. Throws UsageError. */
export async function refuseMissingSettings({ config }: Configured): Promise<void> {
  try {
    await config.region();
    await config.credentials();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `the AWS SDK has no Region or no credentials (${reason}): set AWS_REGION and AWS_PROFILE, or sign in`,
      { cause: error },
    );
  }
}

/** AWS's address by AWS_ENDPOINT_URL; undefined when that isn't set. Throws UsageError on anything but a URL. */
export function endpointOfEnvironment(): string | undefined {
  const { AWS_ENDPOINT_URL } = process.env;
  return AWS_ENDPOINT_URL ? parseEndpoint(AWS_ENDPOINT_URL, 'AWS_ENDPOINT_URL') : undefined;
}

/**
 * A URL to send requests to, without a path and a slash at its end: the tools put their own there. `source` is the option or
 * the variable that holds it. Throws UsageError.
 */
export function parseEndpoint(text: string, source: string): string {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url) return url.origin;
  throw new UsageError(`${source}: expected a URL such as http://127.0.0.1:4580, found "${text}"`);
}
