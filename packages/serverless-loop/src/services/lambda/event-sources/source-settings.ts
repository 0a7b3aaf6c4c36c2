import type { EventSourceModel } from '../../../template/model.ts';

/** Records that a batch has without a window at most (Lambda API reference, "CreateEventSourceMapping", BatchSize). */
const MOST_WITHOUT_WINDOW = 10;

/** The reason why Lambda refuses such settings of a queue, in its words; undefined for settings that it takes. */
export function sourceProblem({
  batchSize,
  windowSeconds,
}: Pick<EventSourceModel, 'batchSize' | 'windowSeconds'>): string | undefined {
  // LocalStack's record, test_lambda_integration_sqs.snapshot.json, test_event_source_mapping_default_batch_size.
  if (batchSize > MOST_WITHOUT_WINDOW && windowSeconds === 0)
    return `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${MOST_WITHOUT_WINDOW}`;
  return undefined;
}

/** Lambda's words, as winglang/wing, issue 1507, quotes them. */
export function visibilityTooShort(visibilitySeconds: number, timeoutSeconds: number): string {
  return `Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`;
}
