import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { UsageError } from '../../local/terminal/arguments.ts';

/** Asks the AWS SDK for its Region and credentials, wherever it has them from, before anything is done with them. */
export async function refuseMissingSettings(endpoint: string | undefined): Promise<void> {
  const client = new DynamoDBClient(endpoint ? { endpoint } : {});
  try {
    await client.config.region();
    await client.config.credentials();
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
