import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { integer, list, type Read, required, structure, text } from '../../aws/members.ts';
import type { Call } from '../../aws/operation.ts';
import { readerApart } from '../../aws/service.ts';
import type { FifoModel } from '../../template/model.ts';
import { answerBatch, type BatchEntry, parseBatch } from './batch.ts';
import { operation, queueArn, type SqsContext } from './context.ts';
import { attemptOfType, delayOfType, messageOfType, NO_DEDUPLICATION_ID } from './fifo/fifo-message.ts';
import { messageSizeBytes, type QueueMessage } from './message.ts';
import { md5OfAttributes, md5OfText } from './message-digest.ts';
import { MAX_MESSAGE_BYTES, parseMessage, refuseOversize } from './message-parsing.ts';
import type { Queue } from './queue.ts';
import { RECEIVED_MESSAGE, renderReceivedMessage } from './received-message.ts';
import {
  ATTRIBUTE_NAMES,
  batchOf,
  batchResult,
  MESSAGE,
  QUEUE_URL,
  SENT_MESSAGE,
  VISIBILITY_TIMEOUT,
} from './shapes.ts';
import { invalidParameter, SQS_DIALECT, sqsError } from './sqs-error.ts';

const RECEIPT = { ReceiptHandle: required(text()) } as const;
const VISIBILITY = { ...RECEIPT, VisibilityTimeout: required(VISIBILITY_TIMEOUT) } as const;

const MESSAGE_ENTRY = { Id: required(text()), ...MESSAGE } as const;
const RECEIPT_ENTRY = { Id: required(text()), ...RECEIPT } as const;
/** AWS's model doesn't require the time out of an entry, and the service does. */
const VISIBILITY_ENTRY = { Id: required(text()), ...RECEIPT, VisibilityTimeout: VISIBILITY_TIMEOUT } as const;

/** The operations that send, receive and delete messages. */
export const MESSAGE_OPERATIONS = {
  SendMessage: operation({
    input: { QueueUrl: QUEUE_URL, ...MESSAGE },
    output: SENT_MESSAGE,
    needs: queueArn,
    handle: (input, { queues, place }, call) =>
      send(queues.ofUrl(input.QueueUrl), input, parseMessage(input, call.traceHeader), senderOf(call, place)),
  }),
  SendMessageBatch: operation({
    input: batchOf(MESSAGE_ENTRY, 'SendMessageBatchRequestEntry'),
    output: batchResult(SENT_MESSAGE, 'SendMessageBatchResultEntry'),
    action: 'SendMessage',
    needs: queueArn,
    handle: ({ QueueUrl, Entries }, context, call) =>
      sendBatch(context.queues.ofUrl(QueueUrl), Entries, context, call),
  }),
  ReceiveMessage: operation({
    input: {
      QueueUrl: QUEUE_URL,
      // The old name of the next member, and forms have one name for the two. Both count (LocalStack's record,
      // test_sqs.snapshot.json, test_message_system_attribute_names_with_attribute_names).
      AttributeNames: ATTRIBUTE_NAMES,
      MessageSystemAttributeNames: ATTRIBUTE_NAMES,
      MessageAttributeNames: list(text(), { name: 'MessageAttributeName', flat: true }),
      MaxNumberOfMessages: integer({ min: 1, max: 10, reason: 'Must be between 1 and 10, if provided.' }),
      VisibilityTimeout: VISIBILITY_TIMEOUT,
      WaitTimeSeconds: integer({ min: 0, max: 20, reason: 'Must be >= 0 and <= 20, if provided.' }),
      ReceiveRequestAttemptId: text(),
    },
    output: { Messages: list(structure(RECEIVED_MESSAGE), { name: 'Message', flat: true }) },
    needs: queueArn,
    async handle(input, { queues }, { signal }) {
      const queue = queues.ofUrl(input.QueueUrl);
      const { model } = queue;
      const request = {
        maximum: input.MaxNumberOfMessages ?? 1,
        visibilityTimeoutSeconds: input.VisibilityTimeout ?? model.visibilityTimeoutSeconds,
        ...attemptOfType(input.ReceiveRequestAttemptId, model),
      };
      const messages = await queue.receive(
        request,
        input.WaitTimeSeconds ?? model.receiveWaitSeconds,
        signal,
      );
      if (messages.length === 0) return {};
      const wanted = {
        system: [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])],
        message: input.MessageAttributeNames ?? [],
      };
      return { Messages: messages.map((message) => renderReceivedMessage(message, wanted)) };
    },
  }),
  DeleteMessage: operation({
    input: { QueueUrl: QUEUE_URL, ...RECEIPT },
    needs: queueArn,
    handle: ({ QueueUrl, ReceiptHandle }, { queues }) => {
      queues.ofUrl(QueueUrl).delete(ReceiptHandle);
      return {};
    },
  }),
  DeleteMessageBatch: operation({
    input: batchOf(RECEIPT_ENTRY, 'DeleteMessageBatchRequestEntry'),
    output: batchResult({}, 'DeleteMessageBatchResultEntry'),
    action: 'DeleteMessage',
    needs: queueArn,
    handle({ QueueUrl, Entries }, { queues }) {
      const queue = queues.ofUrl(QueueUrl);
      return answerBatch(parseBatch(Entries, 'DeleteMessageBatchRequestEntry'), (entry) => {
        queue.delete(readReceipt(entry).ReceiptHandle);
        return {};
      });
    },
  }),
  ChangeMessageVisibility: operation({
    input: { QueueUrl: QUEUE_URL, ...VISIBILITY },
    needs: queueArn,
    handle: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }, { queues }) => {
      queues.ofUrl(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout);
      return {};
    },
  }),
  ChangeMessageVisibilityBatch: operation({
    input: batchOf(VISIBILITY_ENTRY, 'ChangeMessageVisibilityBatchRequestEntry'),
    output: batchResult({}, 'ChangeMessageVisibilityBatchResultEntry'),
    action: 'ChangeMessageVisibility',
    needs: queueArn,
    handle({ QueueUrl, Entries }, { queues }) {
      const queue = queues.ofUrl(QueueUrl);
      return answerBatch(parseBatch(Entries, 'ChangeMessageVisibilityBatchRequestEntry'), (entry) => {
        const { ReceiptHandle, VisibilityTimeout } = readVisibility(entry);
        queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
        return {};
      });
    },
  }),
};

const readMessage = readerApart(MESSAGE, SQS_DIALECT);
const readReceipt = readerApart(RECEIPT, SQS_DIALECT);
const readVisibility = readerApart(VISIBILITY, SQS_DIALECT);

function send(queue: Queue, input: Read<typeof MESSAGE>, given: QueueMessage, sender: string) {
  const { model } = queue;
  const delaySeconds = delayOfType(input.DelaySeconds, model);
  const message = messageOfType(given, model);
  refuseOversize(message, model.maximumMessageBytes);
  const { messageId, sequenceNumber } = queue.send(message, sender, delaySeconds);
  const { attributes = {}, systemAttributes = {} } = message;
  const stringValue = systemAttributes.AWSTraceHeader;
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5OfText(message.body),
    ...(Object.keys(attributes).length > 0 && { MD5OfMessageAttributes: md5OfAttributes(attributes) }),
    ...(input.MessageSystemAttributes !== undefined &&
      stringValue !== undefined && {
        MD5OfMessageSystemAttributes: md5OfAttributes({
          AWSTraceHeader: { dataType: 'String', stringValue },
        }),
      }),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
  };
}

function sendBatch(queue: Queue, given: JsonObject[] | undefined, { place }: SqsContext, call: Call) {
  const entries = parseBatch(given, 'SendMessageBatchRequestEntry');
  const sizeBytes = entries.reduce((sum, { input }) => sum + entrySizeBytes(input), 0);
  if (sizeBytes > MAX_MESSAGE_BYTES) {
    throw sqsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${sizeBytes} bytes.`,
    );
  }
  if (queue.model.fifo) refuseUnidentified(entries, queue.model.fifo);
  return answerBatch(entries, (entry) => {
    const input = readMessage(entry);
    return send(queue, input, parseMessage(input, call.traceHeader), senderOf(call, place));
  });
}

/**
 * A FIFO queue refuses a batch as a whole when a message has no group, or no deduplication id (LocalStack's records,
 * test_sqs.snapshot.json, test_send_batch_missing_message_group_id_for_fifo_queue and …_deduplication_id_for_fifo_queue).
 */
function refuseUnidentified(entries: readonly BatchEntry[], { isContentBased }: FifoModel): void {
  for (const { input } of entries) {
    if (!input.MessageGroupId)
      throw invalidParameter('The request must contain the parameter MessageGroupId.');
    if (!isContentBased && input.MessageDeduplicationId === undefined)
      throw invalidParameter(NO_DEDUPLICATION_ID);
  }
}

/** An entry that is no message has no size: its own result will say what is wrong with it. */
function entrySizeBytes(entry: JsonObject): number {
  try {
    return messageSizeBytes(parseMessage(readMessage(entry), undefined));
  } catch (error) {
    if (error instanceof AwsError) return 0;
    throw error;
  }
}

/** A function's role, or the account itself. */
function senderOf({ caller }: Call, place: Place): string {
  return caller.roleArn ?? place.accountId;
}
