import { contentId } from '../../../aws/fifo/deduplication.ts';
import type { FifoModel, QueueModel } from '../../../template/model.ts';
import type { QueueMessage } from '../message.ts';
import { invalidParameter, invalidValue, missingParameter } from '../sqs-error.ts';

/** The record that has the words: LocalStack's test_sqs.snapshot.json, test_fifo_queue_send_message_with_delay_seconds_fails. */
const OF_OTHER_TYPE = 'The request include parameter that is not valid for this queue type.';

/** LocalStack's record, test_sqs.snapshot.json, test_posting_to_fifo_requires_deduplicationid_group_id. */
export const NO_DEDUPLICATION_ID =
  'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';

/**
 * The message as a queue of that type takes it: of a FIFO queue with a group, and with a deduplication id of its own or of its
 * body's. Throws AwsError for what is of the other type, or missing.
 */
export function messageOfType(message: QueueMessage, { fifo }: QueueModel): QueueMessage {
  const { MessageDeduplicationId: id } = message.systemAttributes ?? {};
  if (fifo) return identified(message, fifo);
  if (id !== undefined) throw ofOtherType(id, 'MessageDeduplicationId');
  return message;
}

/** Throws AwsError for a delay of one message's own in a FIFO queue, unless it says 0, which means the queue's. */
export function delayOfType(delaySeconds: number | undefined, model: QueueModel): number {
  if (!model.fifo) return delaySeconds ?? model.delaySeconds;
  if (delaySeconds) throw ofOtherType(delaySeconds, 'DelaySeconds');
  return model.delaySeconds;
}

/** Throws AwsError for the id of an attempt to receive from a standard queue. */
export function attemptOfType(attemptId: string | undefined, { fifo }: QueueModel): { attemptId?: string } {
  if (attemptId === undefined) return {};
  if (!fifo) throw ofOtherType(attemptId, 'ReceiveRequestAttemptId');
  return { attemptId };
}

function identified(message: QueueMessage, { isContentBased }: FifoModel): QueueMessage {
  const { MessageGroupId, MessageDeduplicationId, ...others } = message.systemAttributes ?? {};
  if (MessageGroupId === undefined) throw missingParameter('MessageGroupId');
  const id = MessageDeduplicationId ?? (isContentBased ? contentId(message.body) : undefined);
  if (id === undefined) throw invalidParameter(NO_DEDUPLICATION_ID);
  return { ...message, systemAttributes: { ...others, MessageGroupId, MessageDeduplicationId: id } };
}

function ofOtherType(value: string | number, parameter: string) {
  return invalidValue(value, parameter, OF_OTHER_TYPE);
}
