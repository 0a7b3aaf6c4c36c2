import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseEndpoint } from '../../local/running-loop.ts';
import { UsageError } from '../../local/terminal/arguments.ts';

/**
 * Asks the AWS SDK for its Region and credentials, wherever it has them from, before anything is done with them. Gives the
 * endpoint that was chosen, where AWS's own was not. Throws UsageError.
 */
export async function refuseMissingSettings(given: string | undefined): Promise<string | undefined> {
  const endpoint = chosenEndpoint(given);
  const client = new DynamoDBClient(endpoint ? { endpoint } : {});
  try {
    await client.config.region();
    await client.config.credentials();
    return endpoint;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `the AWS SDK has no Region or no credentials (${reason}): set AWS_REGION and AWS_PROFILE, or sign in`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}

function chosenEndpoint(given: string | undefined): string | undefined {
  if (given !== undefined) return parseEndpoint(given, '--endpoint');
  const { AWS_ENDPOINT_URL } = process.env;
  return AWS_ENDPOINT_URL ? parseEndpoint(AWS_ENDPOINT_URL, 'AWS_ENDPOINT_URL') : undefined;
}
