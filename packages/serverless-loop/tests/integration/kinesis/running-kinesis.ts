import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { RunningLoop } from '../../../src/index.ts';

/** Kinesis's own client as it comes, which speaks HTTP/2 whatever the endpoint is. */
export function kinesisClient({ endpoint, region }: Pick<RunningLoop, 'endpoint' | 'region'>): KinesisClient {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  return new KinesisClient({ endpoint, region, credentials, maxAttempts: 1 });
}

/** The name and the message of the error that a call ends with. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'taken',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}
