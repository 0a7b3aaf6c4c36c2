import type { EventSourceModel, StreamReadingModel } from '../../../template/model.ts';
import { streamServiceOf } from './stream-kinds.ts';

/** Of a mapping that doesn't say (Lambda API reference, "CreateEventSourceMapping", BatchSize). */
export const BATCH_SIZES = { queue: 10, stream: 100 } as const;

/** Records that a batch has without a window at most (Lambda API reference, "CreateEventSourceMapping", BatchSize). */
const MAX_WITHOUT_WINDOW = 10;

/** The reason why Lambda refuses such settings of a queue, in its words; undefined for settings that it takes. */
export function sourceProblem({
  batchSize,
  windowSeconds,
  sourceArn,
  stream,
}: Pick<EventSourceModel, 'batchSize' | 'windowSeconds' | 'sourceArn' | 'stream'>): string | undefined {
  if (stream) return streamProblem(sourceArn, stream);
  // Lambda's words, as a comment on aws/aws-lambda-dotnet, pull request 1758, quotes them.
  if (sourceArn.endsWith('.fifo') && windowSeconds > 0)
    return 'Batching window is not supported for FIFO queues';
  // LocalStack's record, test_lambda_integration_sqs.snapshot.json, test_event_source_mapping_default_batch_size.
  if (batchSize > MAX_WITHOUT_WINDOW && windowSeconds === 0)
    return `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${MAX_WITHOUT_WINDOW}`;
  return undefined;
}

/** LocalStack's record, test_lambda_api.snapshot.json, test_create_event_source_validation. */
function streamProblem(sourceArn: string, { startingPosition }: StreamReadingModel): string | undefined {
  const isTable = streamServiceOf(sourceArn) === 'dynamodb';
  if (isTable && startingPosition === 'AT_TIMESTAMP')
    return `Unsupported starting position for arn type: ${sourceArn}`;
  return undefined;
}

/** Lambda's words, as winglang/wing, issue 1507, quotes them. */
export function visibilityTooShort(visibilitySeconds: number, timeoutSeconds: number): string {
  return `Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`;
}
