import { parseArn } from '../../aws/arn.ts';

/** The most events that a target takes at once (Pipes guide, "Supported batchable targets"). */
const MAX_BY_SERVICE: Readonly<Record<string, number>> = {
  events: 10,
  kinesis: 500,
  lambda: 10_000,
  logs: 10_000,
  sns: 10,
  sqs: 10,
  states: 10_000,
};

/** The most events that go at once to a target or an enrichment; an API destination, like all that take no batches, has one. */
export function maxBatchFor(arn: string): number {
  return arn.includes(':api-destination/') ? 1 : (MAX_BY_SERVICE[parseArn(arn)?.service ?? ''] ?? 1);
}
